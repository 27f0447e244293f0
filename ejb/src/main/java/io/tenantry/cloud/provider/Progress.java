package io.tenantry.cloud.provider;

/**
 * The progress of a task.
 *
 * @param percent 0 to 100 as reported by the provider, 0 if not reported
 * @param words the provider's message, for staff; often empty
 */
public record Progress(Stage stage, int percent, String words) {
    /** Stage of a task. */
    public enum Stage {
        RUNNING,
        DONE,
        FAILED
    }

    /** Creates the progress of a running task. */
    public static Progress running(int percent) {
        return new Progress(Stage.RUNNING, Math.max(0, Math.min(percent, 100)), "");
    }

    /** Creates the progress of a completed task. */
    public static Progress done() {
        return new Progress(Stage.DONE, 100, "");
    }

    /** Creates the progress of a failed task, with the provider's message. */
    public static Progress failed(String words) {
        return new Progress(Stage.FAILED, 0, words);
    }
}
