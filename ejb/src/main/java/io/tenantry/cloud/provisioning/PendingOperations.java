package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The requested operations on servers: at most one per service, under its row lock, with its own work item. Joins the caller's transaction; the
 * caller has locked the service.
 */
@ApplicationScoped
public class PendingOperations {
    private static final String COLUMNS = """
            select id, kind, plan_id, price_version_id, provider_size, provider_image, keys, script,
                   extract(epoch from clock_timestamp() - requested_at)::bigint as seconds
              from service_operation
             where service_id = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    Reservations reservations;

    @Inject
    WorkItems items;

    private Consumer<ServerRebuilt> rebuilt = event -> {};

    /** For the container. */
    public PendingOperations() {}

    /** For use outside a container. */
    PendingOperations(Sql sql, Clock clock, ProviderCalls providerCalls, Reservations reservations, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.providerCalls = providerCalls;
        this.reservations = reservations;
        this.items = items;
    }

    @Inject
    void fireTo(Event<ServerRebuilt> event) {
        hear(event::fire);
    }

    /** Registers the consumer that is notified of rebuilt servers. */
    void hear(Consumer<ServerRebuilt> listener) {
        rebuilt = listener;
    }

    /** Returns the operation of a service, if any. */
    Optional<PendingOperation> of(UUID serviceId) {
        return sql.first(COLUMNS, PendingOperations::wanted, serviceId);
    }

    /** Returns the operation that the work item is responsible for; empty if it is done, given up or superseded. */
    Optional<PendingOperation> of(ClaimedWorkItem claimedWorkItem) {
        return of(claimedWorkItem.subject()).filter(one -> one.id().toString().equals(claimedWorkItem.key()));
    }

    /** Requests a resize to that plan at that price. */
    void resize(UUID serviceId, UUID planId, UUID priceVersionId, String size) {
        var id = begin(serviceId, OperationInProgress.RESIZE);
        sql.update("""
                insert into service_operation (id, service_id, kind, plan_id, price_version_id, provider_size)
                values (?, ?, 'RESIZE', ?, ?, ?)
                """, id, serviceId, planId, priceVersionId, size);
    }

    /**
     * Requests a rebuild.
     *
     * @param code the provider's code of the image
     * @param image the reseller's name of the image
     */
    void rebuild(UUID serviceId, String code, String image, LaunchConfigs.Resolution.All beginning) {
        var id = begin(serviceId, OperationInProgress.REBUILD);
        sql.update(
                """
                insert into service_operation (id, service_id, kind, provider_image, image, key_names, keys, script_name, script)
                values (?, ?, 'REBUILD', ?, ?, ?, ?, ?, ?)
                """,
                id,
                serviceId,
                code,
                image,
                beginning.keyNames(),
                beginning.keyLines(),
                beginning.scriptName(),
                beginning.filled().orElse(null));
    }

    /** Requests a switch to the rescue system, with the keys of the launch configuration, or back to the server's own system. */
    void rescue(UUID serviceId, OperationInProgress kind) {
        var id = begin(serviceId, kind);
        if (kind == OperationInProgress.LEAVE_RESCUE) {
            sql.update(
                    "insert into service_operation (id, service_id, kind) values (?, ?, 'LEAVE_RESCUE')",
                    id,
                    serviceId);
            return;
        }
        sql.update("""
                insert into service_operation (id, service_id, kind, keys, key_names)
                select ?, s.id, 'RESCUE', coalesce(b.keys, '{}'), coalesce(b.key_names, '{}')
                  from service s
                  left join service_launch_config b on b.service_id = s.id
                 where s.id = ?
                """, id, serviceId);
    }

    /**
     * Drops the operation and releases its reservation; an open request to the provider counts as having no effect, and its parked work is
     * removed.
     */
    void drop(ServiceState serviceState) {
        of(serviceState.id()).ifPresent(one -> {
            providerCalls.end(serviceState.id(), one.kind().step(), Result.NOT_FOUND, "");
            forget(serviceState);
            items.parked(serviceState.id()).stream()
                    .filter(item -> item.kind().equals(one.kind().workKind()))
                    .forEach(item -> items.drop(item.id(), "it is no longer requested"));
            if (one.kind() == OperationInProgress.RESIZE) {
                reservations.release(serviceState.walletId(), serviceState.id());
            }
        });
    }

    /**
     * Restarts the waiting time after a review by staff, so that the operation is awaited and requested again. The first hours of a resize are
     * reserved again for the full duration, since the reservation may have expired and the money been spent.
     *
     * @return the amount that is missing for that; nothing is changed then
     */
    Optional<Money> renew(ServiceState serviceState) {
        var wanted = of(serviceState.id());
        if (wanted.isPresent() && wanted.get() instanceof PendingOperation.Resize resize) {
            var missing = reservations.renew(
                    serviceState.walletId(), serviceState.id(), atFirst(serviceState, resize), Resizes.HELD_FOR);
            if (missing.isPresent()) {
                return missing;
            }
        }
        sql.update(
                "update service_operation set requested_at = clock_timestamp() where service_id = ?",
                serviceState.id());
        return Optional.empty();
    }

    /** Returns the increase in the cost of the first hours, at the accepted price. */
    private Money atFirst(ServiceState serviceState, PendingOperation.Resize resize) {
        var increase = sql.one(
                """
                select wanted.hourly - present.hourly as rise, wanted.currency
                  from price_version wanted, price_version present
                 where wanted.id = ? and present.id = ?
                """,
                row -> new Money(row.decimal("rise"), Currency.getInstance(row.text("currency"))),
                resize.priceVersionId(),
                serviceState.priceVersionId());
        return reservations.firstHoursOfPlan(serviceState.walletId(), resize.planId(), increase);
    }

    /** Clears the operation, which is done. */
    void forget(ServiceState serviceState) {
        sql.update("delete from service_operation where service_id = ?", serviceState.id());
        sql.update(
                "update service set pending_operation = null, version = version + 1 where id = ?", serviceState.id());
    }

    /** Notifies, within the transaction, that the server has been replaced. */
    void fireRebuilt(ServiceState serviceState) {
        rebuilt.accept(new ServerRebuilt(serviceState.id()));
    }

    private UUID begin(UUID serviceId, OperationInProgress kind) {
        var id = Ids.next(clock);
        if (sql.update(
                        "update service set pending_operation = ?, version = version + 1 where id = ? and pending_operation is null",
                        kind,
                        serviceId)
                != 1) {
            throw new IllegalStateException("service " + serviceId + " has another operation in progress");
        }
        items.write(kind.workKind(), id.toString(), serviceId);
        return id;
    }

    private static PendingOperation wanted(Row row) {
        var id = row.uuid("id");
        var age = Duration.ofSeconds(row.big("seconds"));
        var kind = OperationInProgress.valueOf(row.text("kind"));
        return switch (kind) {
            case RESIZE ->
                new PendingOperation.Resize(
                        id, age, row.uuid("plan_id"), row.uuid("price_version_id"), row.text("provider_size"));
            case REBUILD ->
                new PendingOperation.Rebuild(
                        id,
                        age,
                        row.text("provider_image"),
                        new LaunchConfigs.LaunchPayload(row.texts("keys"), row.maybeText("script")));
            case RESCUE ->
                new PendingOperation.Rescue(
                        id, age, kind, new LaunchConfigs.LaunchPayload(row.texts("keys"), Optional.empty()));
            case LEAVE_RESCUE -> new PendingOperation.Rescue(id, age, kind, LaunchConfigs.LaunchPayload.NOTHING);
        };
    }
}
