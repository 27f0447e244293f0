package io.tenantry.cloud.addon;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.tenancy.Row;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that an organization rents beside a server, as far as those who work at it need to know.
 *
 * @param serviceId the server that it is of, or of which it was last
 * @param quantity gibibytes of a volume or a snapshot; else one
 * @param wantedQuantity as {@code quantity}, or what it is to become
 * @param wantedPriceId the price of that
 * @param wantedCopy which copy is to be put back; empty if none
 * @param asked the vendor, and nobody knows yet what came of it
 * @param isMissed it was looked for and not found, a grace ago at least
 * @param lost how many questions came to nothing
 * @param serverId the vendor's number of the server
 * @param isServerOnItsWay whether that is ordered and not up yet
 * @param isServerActive whether that runs, or could
 * @param isServerBusy whether that is being switched, resized or set up anew, or is to stay off
 * @param keeping how the vendor keeps it, if it is a snapshot
 * @param beside the addresses that its server had before the vendor was asked for this one
 * @param policy how often a server is copied by its backups, where that was chosen
 * @param wantedPolicy the same, or how often it is to be
 * @param percent how far the vendor is with what it was asked for; 0 if it does not say
 */
public record Addon(
        UUID id,
        UUID serviceId,
        UUID organizationId,
        UUID walletId,
        AddonType kind,
        String name,
        int quantity,
        UUID priceVersionId,
        String account,
        String upstreamRegion,
        Optional<String> upstreamId,
        State state,
        Optional<Wanted> wanted,
        int wantedQuantity,
        UUID wantedPriceId,
        String wantedCopy,
        Optional<AddonRequest> asked,
        boolean isMissed,
        int lost,
        Optional<String> serverId,
        boolean isServerOnItsWay,
        boolean isServerActive,
        boolean isServerBusy,
        Optional<Keeping> keeping,
        List<String> beside,
        Optional<Policy> policy,
        Optional<Policy> wantedPolicy,
        int percent) {
    public Addon {
        beside = List.copyOf(beside);
    }

    /** How long to leave one alone whose server is at something else. */
    static final Duration PAUSE = Duration.ofSeconds(20);

    /** Where it is in its life. */
    public enum State {
        /** Wanted, and money is held for it. */
        ORDERED,
        /** It is there, and charged. */
        ACTIVE,
        /** It is charged no more, and on its way out. */
        TERMINATING,
        TERMINATED,
        /** It never came to be. */
        FAILED
    }

    /** What is to be done about one that is there. */
    public enum Wanted {
        ATTACH,
        DETACH,
        GROW,
        RESTORE,
        /** Backups are to be taken as often as another policy says. */
        POLICY;

        /** In lower case, for words. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A question to the vendor whose end is open.
     *
     * @param age how long ago
     * @param task the vendor's, if it said that it does it
     */
    public record AddonRequest(Duration age, Optional<ProviderTask> task) {}

    /** Parameters: {@link AddonRepository#GRACE}, the id. */
    static final String QUERY = """
            select o.id, o.service_id, o.organization_id, o.wallet_id, o.kind, o.name, o.quantity, o.price_version_id, o.account,
                   o.provider_region, o.provider_ref, o.state, o.wanted, coalesce(o.pending_quantity, o.quantity) as pending_quantity,
                   coalesce(o.pending_price_id, o.price_version_id) as pending_price_id, o.pending_copy, o.task, o.lost,
                   o.keeping, coalesce(o.beside, '{}') as beside, o.policy, o.percent,
                   coalesce(o.pending_policy, o.policy) as pending_policy, o.asked_at is not null as asked,
                   coalesce(extract(epoch from clock_timestamp() - o.asked_at), 0)::bigint as seconds,
                   coalesce(o.not_found_at < clock_timestamp() - ?::interval, false) as missed_before,
                   s.provider_ref as server_id, s.state as server_state,
                   s.pending_power is not null or s.changing is not null
                     or s.state = 'SUSPENDED' and o.wanted is not distinct from 'RESTORE' as server_busy
              from addon o
              join service s on s.id = o.service_id
             where o.id = ?
            """;

    static Addon of(Row row) {
        var server = Service.State.valueOf(row.text("server_state"));
        return new Addon(
                row.uuid("id"),
                row.uuid("service_id"),
                row.uuid("organization_id"),
                row.uuid("wallet_id"),
                AddonType.valueOf(row.text("kind")),
                row.text("name"),
                row.whole("quantity"),
                row.uuid("price_version_id"),
                row.text("account"),
                row.text("provider_region"),
                row.maybeText("provider_ref"),
                State.valueOf(row.text("state")),
                row.maybeText("wanted").map(Wanted::valueOf),
                row.whole("pending_quantity"),
                row.uuid("pending_price_id"),
                row.text("pending_copy"),
                row.flag("asked") ? Optional.of(asked(row)) : Optional.empty(),
                row.flag("missed_before"),
                row.whole("lost"),
                row.maybeText("server_id"),
                server == Service.State.ORDERED
                        || server == Service.State.PROVISIONING
                        || server == Service.State.UNKNOWN,
                server == Service.State.ACTIVE || server == Service.State.SUSPENDED,
                row.flag("server_busy"),
                row.maybeText("keeping").map(Keeping::valueOf),
                row.texts("beside"),
                row.maybeText("policy").map(Policy::valueOf),
                row.maybeText("pending_policy").map(Policy::valueOf),
                row.whole("percent"));
    }

    private static AddonRequest asked(Row row) {
        return new AddonRequest(
                Duration.ofSeconds(row.big("seconds")), row.maybeText("task").map(ProviderTask::new));
    }

    /** Whether it is a snapshot that the vendor keeps like that. */
    boolean isKept(Keeping how) {
        return keeping.filter(how::equals).isPresent();
    }

    /** Whether its server is at something, so that its vendor would refuse whatever else is asked of it. */
    boolean isToWait() {
        var isOver = state == State.TERMINATED || state == State.FAILED;
        return isServerActive && isServerBusy && asked.isEmpty() && !isOver;
    }

    /** Whether it is ordered, and nobody has asked the vendor for it so far. */
    boolean isUnasked() {
        return state == State.ORDERED && !isMaybeThere() && upstreamId.isEmpty();
    }

    /** Whether the vendor was asked for it, and may have done it or not. */
    boolean isMaybeThere() {
        return asked.isPresent() || lost > 0;
    }

    /**
     * Whether it is certain that the vendor has nothing of it: it may still do what it was asked, or have done it. Whether backups are on nobody
     * can look up, so that it is not certain any more once an answer was lost.
     */
    boolean isSurelyNotThere() {
        return asked.isEmpty() && upstreamId.isEmpty() && (kind != AddonType.BACKUP || lost == 0);
    }

    /** Whether it is to be at another price, of which more may be held. */
    boolean isToCostOtherwise() {
        return wants(Wanted.GROW) || wants(Wanted.POLICY);
    }

    /** Whether that is to be done about it. */
    boolean wants(Wanted one) {
        return wanted.filter(one::equals).isPresent();
    }
}
