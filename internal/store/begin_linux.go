package store

import (
	"os"

	"golang.org/x/sys/unix"
)

// beginSync has the system begin to put a stretch of a file on the disk, so that
// syncing it in the end does not have to wait for all of it.
func beginSync(f *os.File, from, n int64) {
	_ = unix.SyncFileRange(int(f.Fd()), from, n, unix.SYNC_FILE_RANGE_WRITE)
}
