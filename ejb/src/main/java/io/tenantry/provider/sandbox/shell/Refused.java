package io.tenantry.provider.sandbox.shell;

/** What a program says when it does not do what was typed. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String words;

    Refused(String words) {
        super(words);
        this.words = words;
    }

    String words() {
        return words;
    }
}
