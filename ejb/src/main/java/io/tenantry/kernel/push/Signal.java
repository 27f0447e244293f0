package io.tenantry.kernel.push;

import java.util.Optional;

/**
 * That something changed, and not what it is now: whoever hears it looks again, with the rights they have.
 *
 * @param schema whose data changed: the schema of a tenant, of the platform or of the work
 * @param kind what sort of thing changed
 * @param about whose or which: of an organization, a person, a run or a work item; {@code -} if it may concern everybody there
 */
public record Signal(String schema, Kind kind, String about) {
    /** The channel of the database on which all are sent. */
    public static final String CHANNEL = "tenantry_live";

    /** May concern everybody in the scope. */
    public static final String EVERYBODY = "-";

    /** What sort of thing changed. */
    public enum Kind {
        /** An organization's money or what it costs. */
        BALANCE,
        /** The state of one of an organization's services. */
        SERVICE,
        /** A run of charging ended, or waits for another try: every balance of the tenant may be another. */
        RUN,
        /** A person was told something. */
        NOTICE,
        /** A person's sessions ended, some or all, or what the person may do has changed. */
        SESSION,
        /** A tenant's portal was closed or opened. */
        TENANT,
        /** A mail waits to be sent. */
        MAIL,
        /** A work item came an end nearer, or to one. */
        WORK,
        /** What vendors have was compared with what services should have, or something was done about the difference. */
        FINDING
    }

    /** As it is sent. */
    String text() {
        return schema + " " + kind + " " + about;
    }

    /** What was sent; empty if it is none of ours. */
    public static Optional<Signal> of(String text) {
        var parts = text.split(" ", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        for (var kind : Kind.values()) {
            if (kind.name().equals(parts[1])) {
                return Optional.of(new Signal(parts[0], kind, parts[2]));
            }
        }
        return Optional.empty();
    }
}
