package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;

/**
 * Faults injected by words in a server's hostname, which may be combined.
 *
 * <table>
 * <caption>What a hostname may contain</caption>
 * <tr><td>{@code fail-create}</td><td>the creation is refused: NO_CAPACITY</td></tr>
 * <tr><td>{@code fail-lost}</td><td>the server is created, but the response is lost: NO_RESPONSE</td></tr>
 * <tr><td>{@code fail-start}</td><td>the server is created, but its build ends in FAILED</td></tr>
 * <tr><td>{@code fail-power}</td><td>power tasks fail, and the power state stays the same</td></tr>
 * <tr><td>{@code fail-resize}</td><td>resize tasks fail, and the size stays the same</td></tr>
 * <tr><td>{@code fail-rebuild}</td><td>a rebuild is refused: PROVIDER_ERROR, and the server stays the same</td></tr>
 * <tr><td>{@code fail-snapshot}</td><td>snapshot tasks fail, and there is no snapshot</td></tr>
 * <tr><td>{@code fail-restore}</td><td>restore tasks fail, and the disk stays the same</td></tr>
 * <tr><td>{@code fail-backup}</td><td>backups can be switched neither on nor off: PROVIDER_ERROR</td></tr>
 * <tr><td>{@code fail-attach}</td><td>no volume can be attached: PROVIDER_ERROR</td></tr>
 * <tr><td>{@code fail-address}</td><td>additional addresses are refused: NO_CAPACITY</td></tr>
 * <tr><td>{@code fail-name}</td><td>addresses cannot be named: PROVIDER_ERROR</td></tr>
 * <tr><td>{@code fail-network}</td><td>the server cannot be isolated from its network: INVALID</td></tr>
 * <tr><td>{@code fail-screen}</td><td>no screen is shown: PROVIDER_ERROR</td></tr>
 * <tr><td>{@code fail-delete}</td><td>the server cannot be deleted: PROVIDER_ERROR</td></tr>
 * <tr><td>{@code slow}</td><td>all operations take ten times as long</td></tr>
 * </table>
 *
 * <p>In addition, a token that contains {@code refused} is rejected: CREDENTIALS.
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

    /** The content of a token that is rejected. */
    static final String TOKEN_REFUSED = "refused";

    private final String word;

    FaultInjection(String word) {
        this.word = word;
    }

    boolean happensTo(String hostname) {
        return hostname.contains(word);
    }

    /** Throws the failure if the fault is injected. */
    void refuse(SandboxServer sandboxServer, Reason reason, String words) {
        if (happensTo(sandboxServer.hostname())) {
            throw new ProviderFailure(reason, words);
        }
    }
}
