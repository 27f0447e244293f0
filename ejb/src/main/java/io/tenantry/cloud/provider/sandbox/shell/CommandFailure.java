package io.tenantry.cloud.provider.sandbox.shell;

/** What a program says when it does not do what was typed. */
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
