package io.tenantry.web.layout;

import java.util.Locale;

/** The tone of a state: a color and, for people who cannot distinguish colors, a shape. */
public enum StatusTone {
    /** As expected: a disc. */
    OK("M5 1a4 4 0 1 0 0 8a4 4 0 1 0 0-8z"),
    /** In progress: a ring. */
    INFO("M5 0.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4zM5 3a2 2 0 1 1 0 4a2 2 0 1 1 0-4z"),
    /** Needs attention: a triangle. */
    WARN("M5 0.8L9.6 9H0.4z"),
    /** Failed: a square. */
    BAD("M1.2 1.2h7.6v7.6H1.2z"),
    /** Ended, or not started: a dash. */
    QUIET("M1 3.7h8v2.6H1z");

    private final String shape;

    StatusTone(String shape) {
        this.shape = shape;
    }

    /** Returns the default tone of a state. */
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

    /** Returns its class in components.css. */
    String css() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns its outline, on an area of ten by ten. */
    String shape() {
        return shape;
    }
}
