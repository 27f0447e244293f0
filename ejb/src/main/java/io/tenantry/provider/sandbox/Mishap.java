package io.tenantry.provider.sandbox;

/**
 * What goes wrong with a server, by words in its hostname; several may be there.
 *
 * <table>
 * <caption>What a hostname may contain</caption>
 * <tr><td>{@code fail-create}</td><td>is refused: NO_CAPACITY</td></tr>
 * <tr><td>{@code fail-lost}</td><td>is created, but the answer is lost: NO_ANSWER</td></tr>
 * <tr><td>{@code fail-start}</td><td>is created, and building it ends in FAILED</td></tr>
 * <tr><td>{@code fail-power}</td><td>tasks to switch it fail, and it stays as it was</td></tr>
 * <tr><td>{@code fail-resize}</td><td>tasks to resize it fail, and its size stays</td></tr>
 * <tr><td>{@code fail-snapshot}</td><td>tasks to copy its disk fail, and there is no copy</td></tr>
 * <tr><td>{@code fail-delete}</td><td>cannot be deleted: VENDOR</td></tr>
 * <tr><td>{@code slow}</td><td>all that is done with it takes ten times as long</td></tr>
 * </table>
 *
 * <p>Besides, a token that contains {@code refused} is not let in: CREDENTIALS.
 */
enum Mishap {
    CREATE("fail-create"),
    LOST("fail-lost"),
    START("fail-start"),
    POWER("fail-power"),
    RESIZE("fail-resize"),
    SNAPSHOT("fail-snapshot"),
    DELETE("fail-delete"),
    SLOW("slow");

    /** What a token contains that is not let in. */
    static final String TOKEN_REFUSED = "refused";

    private final String word;

    Mishap(String word) {
        this.word = word;
    }

    boolean happensTo(String hostname) {
        return hostname.contains(word);
    }
}
