package io.tenantry.options;

import java.util.Locale;

/** Sorts of options. */
public enum OptionKind {
    /** A disk that outlives a server; it is paid by the gibibyte. */
    VOLUME,
    /** Copies of a server's disks by the clock; there is one of it. */
    BACKUP,
    /** A copy of a server's disk that was asked for; it is paid by the gibibyte that it has once it is ready. */
    SNAPSHOT;

    /** In lower case, for words. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
