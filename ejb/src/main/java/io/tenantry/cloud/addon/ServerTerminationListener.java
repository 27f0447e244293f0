package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.provisioning.ServicesTerminated;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Handles the add-ons of a server that ends, as providers do: its backups are gone and no longer charged; its volumes remain unattached and
 * charged until they are deleted; its snapshots are one or the other, depending on the provider. Its additional addresses are no longer charged
 * and are released, since some providers keep them, and charge for them, when the server is gone.
 */
@ApplicationScoped
public class ServerTerminationListener {
    @Inject
    Sql sql;

    @Inject
    AddonRepository records;

    @Inject
    Charging charging;

    @Inject
    Reservations reservations;

    @Inject
    WorkItems items;

    @Inject
    Clock clock;

    /** For the container. */
    public ServerTerminationListener() {}

    /** For use outside a container. */
    ServerTerminationListener(
            Sql sql,
            AddonRepository records,
            Charging charging,
            Reservations reservations,
            WorkItems items,
            Clock clock) {
        this.sql = sql;
        this.records = records;
        this.charging = charging;
        this.reservations = reservations;
        this.items = items;
        this.clock = clock;
    }

    /** All add-ons are locked before the first wallet. */
    void serversEnded(@Observes ServicesTerminated event) {
        for (var option : locked(event.serviceIds())) {
            switch (fate(option)) {
                case KEPT -> keep(option);
                case RELEASED -> giveBack(option, event.at());
                case GONE -> end(option, event.at(), "its server has ended");
            }
        }
    }

    /** What becomes of an add-on when its server ends. */
    public enum Disposition {
        /** Remains without a server, and is charged until it is deleted. */
        KEPT,
        /** Is no longer charged, and is released at the provider. */
        RELEASED,
        /** Is gone together with the server, and no longer charged. */
        GONE
    }

    /** Returns the disposition, both for the preview and for the termination itself. */
    static Disposition fate(Addon option) {
        if (option.kind() == AddonType.VOLUME || option.isKept(Keeping.STANDALONE)) {
            return Disposition.KEPT;
        }
        return option.kind() == AddonType.ADDRESS ? Disposition.RELEASED : Disposition.GONE;
    }

    /** Returns the affected add-ons of servers: those that exist or are being created, and are not ending already. */
    List<Addon> concerned(List<UUID> serviceIds) {
        return under(serviceIds).stream()
                .map(records::read)
                .filter(option -> option.state() != State.TERMINATING && !option.isUnasked())
                .toList();
    }

    /** Locks and returns the snapshots that the provider keeps only as long as there are backups; called before their wallet is locked. */
    List<Addon> withBackups(UUID serviceId) {
        return locked(List.of(serviceId)).stream()
                .filter(option -> option.isKept(Keeping.WITH_BACKUPS))
                .toList();
    }

    private List<Addon> locked(List<UUID> serviceIds) {
        return under(serviceIds).stream().map(records::lock).toList();
    }

    private List<UUID> under(List<UUID> serviceIds) {
        return sql.query("""
                select id from addon
                 where service_id = any (?) and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                 order by wallet_id, id
                """, row -> row.uuid("id"), (Object) serviceIds.toArray(UUID[]::new));
    }

    /** Orders not yet requested from the provider fail on their own: their work item finds that the server has ended. */
    private void keep(Addon option) {
        if (option.state() == State.TERMINATING || option.isUnasked()) {
            return;
        }
        records.attach(option, false);
        if (option.wants(Wanted.ATTACH) || option.wants(Wanted.DETACH) || option.wants(Wanted.RESTORE)) {
            records.settle(option);
        }
        records.recordEvent(option, "kept");
    }

    /** Orders are handled by their own work item, which finds that the server has ended: the provider may have the address already. */
    private void giveBack(Addon option, Instant at) {
        if (option.state() != State.ACTIVE) {
            return;
        }
        charging.end(option.id(), option.walletId(), at);
        records.end(option, State.TERMINATING, at);
        items.write(AddressHandler.KIND, Ids.next(clock).toString(), option.id());
        records.recordEvent(option, "release");
    }

    /** Ends an add-on that the provider has deleted automatically: nothing more is charged for it. */
    void end(Addon option, Instant at, String why) {
        switch (option.state()) {
            case ORDERED -> {
                reservations.release(option.walletId(), option.id());
                records.fail(option, at, why);
            }
            case ACTIVE -> {
                reservations.release(option.walletId(), option.id());
                charging.end(option.id(), option.walletId(), at);
                records.end(option, State.TERMINATED, at);
            }
            case TERMINATING -> records.end(option, State.TERMINATED, at);
            case TERMINATED, FAILED -> {}
        }
    }
}
