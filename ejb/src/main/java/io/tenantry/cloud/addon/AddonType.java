package io.tenantry.cloud.addon;

import java.util.Locale;

/** Kinds of add-ons. */
public enum AddonType {
    /** A block device that outlives a server; priced per gibibyte. */
    VOLUME,
    /** Scheduled copies of a server's disks; a server has at most one. */
    BACKUP,
    /** A copy of a server's disk made on request; priced per gibibyte of its final size. */
    SNAPSHOT,
    /** An additional IPv4 address of a server; each address is one add-on. */
    ADDRESS;

    /** Returns the lower-case name, for texts and as the kind of the work items that process changes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the prefix of its timeline events; events of a named address already contain its name. */
    String step() {
        return this == ADDRESS ? "further_address" : word();
    }
}
