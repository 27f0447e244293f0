package io.tenantry.web.layout;

import java.util.Locale;

/** How a state is meant, as a colour and, for those who do not tell colours apart, as a shape. */
public enum StatusTone {
    /** As it should be: a disc. */
    OK("M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8z"),
    /** On its way: a ring. */
    INFO("M5 0.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4zM5 3a2 2 0 1 1 0 4a2 2 0 1 1 0-4z"),
    /** Needs attention: a triangle. */
    WARN("M5 0.8L9.6 9H0.4z"),
    /** Wrong: a square. */
    BAD("M1.2 1.2h7.6v7.6H1.2z"),
    /** Over, or not yet: a dash. */
    QUIET("M1 3.7h8v2.6H1z");

    private final String shape;

    StatusTone(String shape) {
        this.shape = shape;
    }

    /** The tone that a state usually has. */
    static StatusTone of(String state) {
        return switch (state) {
            case "active", "running", "done", "completed", "charged", "paid", "up", "passed", "published" -> OK;
            case "creating", "ordered", "provisioning", "resizing", "open", "claimed", "working", "invited" -> INFO;
            case "suspended",
                    "stopped",
                    "low",
                    "maintenance",
                    "moving",
                    "deleting",
                    "retrying",
                    "unknown",
                    "late",
                    "terminating" -> WARN;
            case "failed", "parked", "over-limit", "down", "broken", "zero" -> BAD;
            default -> QUIET;
        };
    }

    static StatusTone named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Its class in parts.css. */
    String css() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its outline, in ten by ten. */
    String shape() {
        return shape;
    }
}
