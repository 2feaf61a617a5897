package store

// FormatVersion names the format on disk that this package reads and writes; a store of another one is
// ErrVersion.
const FormatVersion = formatVersion
