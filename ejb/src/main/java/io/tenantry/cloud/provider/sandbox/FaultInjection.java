package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;

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
 * <tr><td>{@code fail-rebuild}</td><td>cannot begin anew: VENDOR, and it stays as it was</td></tr>
 * <tr><td>{@code fail-snapshot}</td><td>tasks to copy its disk fail, and there is no copy</td></tr>
 * <tr><td>{@code fail-restore}</td><td>tasks to put back a copy of its disk fail, and its disk stays</td></tr>
 * <tr><td>{@code fail-backup}</td><td>its backups are neither switched on nor off: VENDOR</td></tr>
 * <tr><td>{@code fail-attach}</td><td>takes no volume: VENDOR</td></tr>
 * <tr><td>{@code fail-address}</td><td>gets no further address: NO_CAPACITY</td></tr>
 * <tr><td>{@code fail-name}</td><td>its addresses are not named: VENDOR</td></tr>
 * <tr><td>{@code fail-network}</td><td>cannot be cut off from its network: INVALID</td></tr>
 * <tr><td>{@code fail-screen}</td><td>shows no screen: VENDOR</td></tr>
 * <tr><td>{@code fail-delete}</td><td>cannot be deleted: VENDOR</td></tr>
 * <tr><td>{@code slow}</td><td>all that is done with it takes ten times as long</td></tr>
 * </table>
 *
 * <p>Besides, a token that contains {@code refused} is not let in: CREDENTIALS.
 */
enum FaultInjection {
    CREATE("fail-create"),
    LOST("fail-lost"),
    START("fail-start"),
    POWER("fail-power"),
    RESIZE("fail-resize"),
    REBUILD("fail-rebuild"),
    SNAPSHOT("fail-snapshot"),
    RESTORE("fail-restore"),
    BACKUP("fail-backup"),
    ATTACH("fail-attach"),
    ADDRESS("fail-address"),
    NAME("fail-name"),
    NETWORK("fail-network"),
    SCREEN("fail-screen"),
    DELETE("fail-delete"),
    SLOW("slow");

    /** What a token contains that is not let in. */
    static final String TOKEN_REFUSED = "refused";

    private final String word;

    FaultInjection(String word) {
        this.word = word;
    }

    boolean happensTo(String hostname) {
        return hostname.contains(word);
    }

    /** Where it happens, the vendor does not do it and says so. */
    void refuse(SandboxServer sandboxServer, Reason reason, String words) {
        if (happensTo(sandboxServer.hostname())) {
            throw new ProviderFailure(reason, words);
        }
    }
}
