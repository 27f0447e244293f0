package io.tenantry.kernel.push;

import java.util.Optional;

/**
 * States that something changed, not what it is now: receivers read the current state with their own rights.
 *
 * @param schema the schema whose data changed: of a tenant, of the platform or of the work
 * @param kind what kind of thing changed
 * @param about the id of an organization, a person, a run or a work item; {@code -} if it may concern everyone there
 */
public record Signal(String schema, Kind kind, String about) {
    /** The database channel of all signals. */
    public static final String CHANNEL = "tenantry_live";

    /** May concern everyone in the scope. */
    public static final String EVERYBODY = "-";

    /** The kinds of changes. */
    public enum Kind {
        /** An organization's money or costs. */
        BALANCE,
        /** The state of one of an organization's services. */
        SERVICE,
        /** A charging run ended, or waits for another try: every balance of the tenant may have changed. */
        RUN,
        /** A person received a notification. */
        NOTIFICATION,
        /** Some or all of a person's sessions ended, or the person's permissions have changed. */
        SESSION,
        /** A tenant's portal was closed or opened. */
        TENANT,
        /** A mail is waiting to be sent. */
        MAIL,
        /** A work item made progress or ended. */
        WORK,
        /** Provider accounts were reconciled with services, or a discrepancy was handled. */
        DISCREPANCY
    }

    /** Returns the encoded form. */
    String text() {
        return schema + " " + kind + " " + about;
    }

    /** Decodes a signal; empty if the text is not one. */
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
