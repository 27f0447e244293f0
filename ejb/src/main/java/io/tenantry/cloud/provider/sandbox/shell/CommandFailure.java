package io.tenantry.cloud.provider.sandbox.shell;

/** The error message of a failed command. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String words;

    CommandFailure(String words) {
        super(words);
        this.words = words;
    }

    String words() {
        return words;
    }
}
