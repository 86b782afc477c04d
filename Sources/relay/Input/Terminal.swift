internal import Foundation

/// The person in front of the program, if there is one.
enum Terminal {
  static let hasOutput = isatty(STDOUT_FILENO) == 1

  /// Characters in a line of it.
  static var width: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// Asks for a secret without showing it.
  static func ask(_ question: String) throws -> String {
    guard isatty(STDIN_FILENO) == 1 else {
      throw Failure("no passphrase: set RELAY_PASSPHRASE, or give --passphrase-file")
    }
    FileHandle.standardError.write(Data(question.utf8))
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
      FileHandle.standardError.write(Data("\n".utf8))
    }
    guard let line = readLine(), !line.isEmpty else { throw Failure("an empty passphrase protects nothing") }
    return line
  }

  /// `text` in green on a terminal.
  static func green(_ text: String) -> String { hasOutput ? "\u{1B}[32m\(text)\u{1B}[0m" : text }

  /// `text` in bold on a terminal.
  static func bold(_ text: String) -> String { hasOutput ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
