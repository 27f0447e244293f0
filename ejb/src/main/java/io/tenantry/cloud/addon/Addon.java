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
 * An add-on of a server, as the handlers of its work items need it.
 *
 * @param serviceId the server that it belongs to, or last belonged to
 * @param quantity gibibytes of a volume or a snapshot; otherwise one
 * @param wantedQuantity the requested quantity, or {@code quantity} if no change is requested
 * @param wantedPriceId the price version of {@code wantedQuantity}
 * @param wantedCopy the backup or snapshot to restore; empty if none
 * @param asked the open request to the provider, whose result is unknown
 * @param isMissed whether the provider did not list it at least one grace period ago
 * @param lost number of requests whose result is unknown
 * @param serverId the provider's ID of the server
 * @param isServerOnItsWay whether the server is ordered and not running yet
 * @param isServerActive whether the server is active, running or not
 * @param isServerBusy whether the server is being switched, resized or rebuilt, or must stay off
 * @param keeping how the provider keeps it, for a snapshot
 * @param previousAddresses the additional addresses of the server before this one was requested from the provider
 * @param policy the backup frequency, if it was chosen
 * @param wantedPolicy the requested backup frequency, or {@code policy} if no change is requested
 * @param percent progress of the request as reported by the provider; 0 if not reported
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
        List<String> previousAddresses,
        Optional<Policy> policy,
        Optional<Policy> wantedPolicy,
        int percent) {
    public Addon {
        previousAddresses = List.copyOf(previousAddresses);
    }

    /** Delay before the next attempt while the server is busy with another operation. */
    static final Duration PAUSE = Duration.ofSeconds(20);

    /** Lifecycle state. */
    public enum State {
        /** Ordered, with money reserved for it. */
        ORDERED,
        /** Exists and is charged. */
        ACTIVE,
        /** No longer charged, and being deleted. */
        TERMINATING,
        TERMINATED,
        /** Was never created. */
        FAILED
    }

    /** The requested change of an existing add-on. */
    public enum Wanted {
        ATTACH,
        DETACH,
        GROW,
        RESTORE,
        /** Take backups at another frequency. */
        POLICY;

        /** Returns the lower-case name, for texts. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A request to the provider whose result is open.
     *
     * @param age time since the request
     * @param task the provider's task, if it accepted the request
     */
    public record AddonRequest(Duration age, Optional<ProviderTask> task) {}

    /** Parameters: {@link AddonRepository#GRACE}, the id. */
    static final String QUERY = """
            select o.id, o.service_id, o.organization_id, o.wallet_id, o.kind, o.name, o.quantity, o.price_version_id, o.account,
                   o.provider_region, o.provider_ref, o.state, o.pending_action, coalesce(o.pending_quantity, o.quantity) as pending_quantity,
                   coalesce(o.pending_price_id, o.price_version_id) as pending_price_id, o.pending_restore_point, o.task, o.lost,
                   o.retention, coalesce(o.known_addresses, '{}') as known_addresses, o.policy, o.percent,
                   coalesce(o.pending_policy, o.policy) as pending_policy, o.requested_at is not null as asked,
                   coalesce(extract(epoch from clock_timestamp() - o.requested_at), 0)::bigint as seconds,
                   coalesce(o.not_found_at < clock_timestamp() - ?::interval, false) as missed_before,
                   s.provider_ref as server_id, s.state as server_state,
                   s.pending_power is not null or s.pending_operation is not null
                     or s.state = 'SUSPENDED' and o.pending_action is not distinct from 'RESTORE' as server_busy
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
                row.maybeText("pending_action").map(Wanted::valueOf),
                row.whole("pending_quantity"),
                row.uuid("pending_price_id"),
                row.text("pending_restore_point"),
                row.flag("asked") ? Optional.of(asked(row)) : Optional.empty(),
                row.flag("missed_before"),
                row.whole("lost"),
                row.maybeText("server_id"),
                server == Service.State.ORDERED
                        || server == Service.State.PROVISIONING
                        || server == Service.State.UNKNOWN,
                server == Service.State.ACTIVE || server == Service.State.SUSPENDED,
                row.flag("server_busy"),
                row.maybeText("retention").map(Keeping::valueOf),
                row.texts("known_addresses"),
                row.maybeText("policy").map(Policy::valueOf),
                row.maybeText("pending_policy").map(Policy::valueOf),
                row.whole("percent"));
    }

    private static AddonRequest asked(Row row) {
        return new AddonRequest(
                Duration.ofSeconds(row.big("seconds")), row.maybeText("task").map(ProviderTask::new));
    }

    /** Whether it is a snapshot that the provider keeps in that way. */
    boolean isKept(Keeping how) {
        return keeping.filter(how::equals).isPresent();
    }

    /** Whether its server is busy, so that the provider would refuse any other request. */
    boolean isToWait() {
        var isOver = state == State.TERMINATED || state == State.FAILED;
        return isServerActive && isServerBusy && asked.isEmpty() && !isOver;
    }

    /** Whether it is ordered and not requested from the provider yet. */
    boolean isUnasked() {
        return state == State.ORDERED && !isMaybeThere() && upstreamId.isEmpty();
    }

    /** Whether the provider was asked for it, with an unknown result. */
    boolean isMaybeThere() {
        return asked.isPresent() || lost > 0;
    }

    /**
     * Whether the provider certainly has nothing of it, that is, no request is open and none was carried out. Whether backups are enabled
     * cannot be looked up, so that for them a single lost response removes the certainty.
     */
    boolean isSurelyNotThere() {
        return asked.isEmpty() && upstreamId.isEmpty() && (kind != AddonType.BACKUP || lost == 0);
    }

    /** Whether a change to another price is requested, for which more may be reserved. */
    boolean isToCostOtherwise() {
        return wants(Wanted.GROW) || wants(Wanted.POLICY);
    }

    /** Whether that change is requested. */
    boolean wants(Wanted one) {
        return wanted.filter(one::equals).isPresent();
    }
}
