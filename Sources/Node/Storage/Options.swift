internal import CRocksDB

/// RocksDB's options for opening a database with all its columns.
struct Options: ~Copyable {
  let pointer: OpaquePointer

  init(_ limits: Database.Limits) {
    pointer = rocksdb_options_create()
    rocksdb_options_set_create_if_missing(pointer, 1)
    rocksdb_options_set_create_missing_column_families(pointer, 1)
    rocksdb_options_set_paranoid_checks(pointer, 1)
    rocksdb_options_set_compression(pointer, Int32(rocksdb_lz4_compression))
    setBuffers(limits)
    setTables(limits)
    setMessages()
  }

  deinit { rocksdb_options_destroy(pointer) }

  /// Two buffers of writes for each of the two large columns, one that fills while the other is flushed, make half of the memory.
  private func setBuffers(_ limits: Database.Limits) {
    rocksdb_options_set_write_buffer_size(pointer, limits.memoryBytes / 8)
    rocksdb_options_set_max_write_buffer_number(pointer, 2)
    rocksdb_options_set_atomic_flush(pointer, 1)
    rocksdb_options_set_max_open_files(pointer, limits.openFiles)
  }

  private func setTables(_ limits: Database.Limits) {
    let tables: OpaquePointer = rocksdb_block_based_options_create()
    defer { rocksdb_block_based_options_destroy(tables) }
    let cache: OpaquePointer = rocksdb_cache_create_lru(limits.memoryBytes / 2)
    defer { rocksdb_cache_destroy(cache) }
    rocksdb_block_based_options_set_block_cache(tables, cache)
    rocksdb_block_based_options_set_cache_index_and_filter_blocks(tables, 1)
    let bitsPerKey = 10.0
    rocksdb_block_based_options_set_filter_policy(tables, rocksdb_filterpolicy_create_bloom_full(bitsPerKey))
    rocksdb_options_set_block_based_table_factory(pointer, tables)
  }

  /// Bounds the diagnostic messages that RocksDB writes beside the data.
  private func setMessages() {
    let warnings: Int32 = 2
    rocksdb_options_set_info_log_level(pointer, warnings)
    rocksdb_options_set_max_log_file_size(pointer, 1 << 20)
    rocksdb_options_set_keep_log_file_num(pointer, 2)
  }
}
