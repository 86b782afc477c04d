extension EdgeCase {
  /// Cases computed with affine curve arithmetic from the discrete logarithms of A and R. Other rules for Ed25519,
  /// libsodium's among them, refuse most of those accepted here.
  static let computed = [
    EdgeCase(
      "an honest signature", isAccepted: true,
      key: "1025ea9bfe6e6a30887300768f8992aec92ae18e1ed8b6b90da2cfd69c7e347d",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "93618349c0aa2982005dfe5b6af1761937189a5a81b8c87fc2974fc8fc01b702", message: "0000"),
    EdgeCase(
      "S is not canonical: L was added", isAccepted: false,
      key: "1025ea9bfe6e6a30887300768f8992aec92ae18e1ed8b6b90da2cfd69c7e347d",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "803579a6da0d3cdad6f9f5fe48eb552e37189a5a81b8c87fc2974fc8fc01b712", message: "0000"),
    EdgeCase(
      "A is the identity; the equation holds", isAccepted: true,
      key: "0100000000000000000000000000000000000000000000000000000000000000",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "6ee259d148c0375f279e158de6bf37af00000000000000000000000000000000", message: "000b"),
    EdgeCase(
      "A has order 2; the equation holds", isAccepted: true,
      key: "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "6ee259d148c0375f279e158de6bf37af00000000000000000000000000000000", message: "0001"),
    EdgeCase(
      "A has order 4; the equation holds", isAccepted: true,
      key: "0000000000000000000000000000000000000000000000000000000000000080",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "6ee259d148c0375f279e158de6bf37af00000000000000000000000000000000", message: "0006"),
    EdgeCase(
      "A has order 8; the equation holds", isAccepted: true,
      key: "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "6ee259d148c0375f279e158de6bf37af00000000000000000000000000000000", message: "0004"),
    EdgeCase(
      "A is the identity with y = p + 1; the equation holds", isAccepted: true,
      key: "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "6ee259d148c0375f279e158de6bf37af00000000000000000000000000000000", message: "0004"),
    EdgeCase(
      "A has order 4 and y = p; the equation holds", isAccepted: true,
      key: "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "6ee259d148c0375f279e158de6bf37af00000000000000000000000000000000", message: "0003"),
    EdgeCase(
      "A is the identity with the sign bit; the equation holds", isAccepted: true,
      key: "0100000000000000000000000000000000000000000000000000000000000080",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "6ee259d148c0375f279e158de6bf37af00000000000000000000000000000000", message: "0000"),
    EdgeCase(
      "R is the identity; the equation holds", isAccepted: true,
      key: "1025ea9bfe6e6a30887300768f8992aec92ae18e1ed8b6b90da2cfd69c7e347d",
      point: "0100000000000000000000000000000000000000000000000000000000000000",
      scalar: "8589a8e96bd4e77aa8efefdccff8a2803bd3873467f7dcd4b3163187b9ee000a", message: "0000"),
    EdgeCase(
      "R is the identity with y = p + 1; the equation holds", isAccepted: true,
      key: "1025ea9bfe6e6a30887300768f8992aec92ae18e1ed8b6b90da2cfd69c7e347d",
      point: "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      scalar: "55c16196f88043d7a522be8960a7f744f820a5174f8787df8197921ea516c305", message: "0000"),
    EdgeCase(
      "R has order 8, A has a part of order 8; the equation holds", isAccepted: true,
      key: "65c3213e4f2f67001788d8e73108a7dfed1d9572b733855dd98b54e4028885f2",
      point: "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      scalar: "2faa35703976c1e33cf3a51703edf0ae3946e735be2a7716dd2c3de471020b0e", message: "0011"),
    EdgeCase(
      "A has a part of order 8; the equation holds", isAccepted: true,
      key: "65c3213e4f2f67001788d8e73108a7dfed1d9572b733855dd98b54e4028885f2",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "5bffe0168f5ba6329fac698544e31a00479ec0eb9a0a636b05606b3da9ee570b", message: "0002"),
    EdgeCase(
      "A has a part of order 8; the equation holds only times 8", isAccepted: true,
      key: "65c3213e4f2f67001788d8e73108a7dfed1d9572b733855dd98b54e4028885f2",
      point: "50bf86557c27e6d57bd4afe7c296f916844cf10a55efef1b4f12fc605fbf5a31",
      scalar: "68e56832f46c48a7d3a490039d18553a718bfe223434cae3943d057f9c749b00", message: "0019"),
    EdgeCase(
      "R has a part of order 8; the equation holds only times 8", isAccepted: true,
      key: "1025ea9bfe6e6a30887300768f8992aec92ae18e1ed8b6b90da2cfd69c7e347d",
      point: "dfbe4635c5f3bc1ca51fb4d85db52a4efa12ed2f7237981d4bcbe0bcddfc1410",
      scalar: "4f515d1c6009322cdbecd75c813e21bb2a772d0af78be2248d4d57ec85308b0b", message: "0000"),
    EdgeCase(
      "A and R have parts of order 8; the equation holds", isAccepted: true,
      key: "65c3213e4f2f67001788d8e73108a7dfed1d9572b733855dd98b54e4028885f2",
      point: "2e03215009024ea60c28473e76e617a1f71be8fca4b539dda662090f531a5cd4",
      scalar: "9ab8fd07739810fd75bfdcd8f5bf8a98afee0c4d9028452a3218e9f5c38dec06", message: "0005")
  ]
}
