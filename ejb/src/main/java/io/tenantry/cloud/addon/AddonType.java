package io.tenantry.cloud.addon;

import java.util.Locale;

/** Sorts of options. */
public enum AddonType {
    /** A disk that outlives a server; it is paid by the gibibyte. */
    VOLUME,
    /** Copies of a server's disks by the clock; there is one of it. */
    BACKUP,
    /** A copy of a server's disk that was asked for; it is paid by the gibibyte that it has once it is ready. */
    SNAPSHOT,
    /** An IPv4 address besides those that a server came with; each is one of it. */
    ADDRESS;

    /** In lower case: for words, and the kind of work that sees to what is wanted of one. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How its steps are called in timelines, where those of an address that is named have its name already. */
    String step() {
        return this == ADDRESS ? "further_address" : word();
    }
}
