package io.tenantry.cloud.provider;

/**
 * How far a task is.
 *
 * @param percent 0 to 100 as the vendor tells it, 0 if it does not
 * @param words the vendor's, for staff; often empty
 */
public record Progress(Stage stage, int percent, String words) {
    /** Where it stands. */
    public enum Stage {
        RUNNING,
        DONE,
        FAILED
    }

    /** At work. */
    public static Progress running(int percent) {
        return new Progress(Stage.RUNNING, Math.max(0, Math.min(percent, 100)), "");
    }

    /** Done. */
    public static Progress done() {
        return new Progress(Stage.DONE, 100, "");
    }

    /** Failed, and why in the vendor's words. */
    public static Progress failed(String words) {
        return new Progress(Stage.FAILED, 0, words);
    }
}
