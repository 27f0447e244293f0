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
 * What becomes of options when their server ends, as at vendors: its backups are gone with it and charged no more; its volumes are kept,
 * without a server, and go on costing until somebody deletes them; its snapshots are one or the other, as their vendor does it. Its further
 * addresses are charged no more, and given back: some vendors keep them, and their price, when the server is gone.
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

    /** All options are locked before the first wallet is. */
    void serversEnded(@Observes ServicesTerminated event) {
        for (var option : locked(event.serviceIds())) {
            switch (fate(option)) {
                case KEPT -> keep(option);
                case GIVEN_BACK -> giveBack(option, event.at());
                case GONE -> end(option, event.at(), "its server has ended");
            }
        }
    }

    /** What becomes of an option when its server ends. */
    public enum Disposition {
        /** It stays without a server, and is charged until somebody deletes it. */
        KEPT,
        /** It is charged no more, and given back to the vendor. */
        GIVEN_BACK,
        /** It is gone with the server, and charged no more. */
        GONE
    }

    /** The rule of it, for those who are told before and for what is done then. */
    static Disposition fate(Addon option) {
        if (option.kind() == AddonType.VOLUME || option.isKept(Keeping.APART)) {
            return Disposition.KEPT;
        }
        return option.kind() == AddonType.ADDRESS ? Disposition.GIVEN_BACK : Disposition.GONE;
    }

    /** The options of servers that would have a fate with them: those that are there or on their way, and not ending already. */
    List<Addon> concerned(List<UUID> serviceIds) {
        return under(serviceIds).stream()
                .map(records::read)
                .filter(option -> option.state() != State.TERMINATING && !option.isUnasked())
                .toList();
    }

    /** Snapshots that the vendor keeps as long as there are backups; locked, which comes before their wallet is. */
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

    /** Of what nobody has asked for yet nothing comes: its own work finds that the server has ended. */
    private void keep(Addon option) {
        if (option.state() == State.TERMINATING || option.isUnasked()) {
            return;
        }
        records.attach(option, false);
        if (option.wants(Wanted.ATTACH) || option.wants(Wanted.DETACH) || option.wants(Wanted.RESTORE)) {
            records.settle(option);
        }
        records.tell(option, "kept");
    }

    /** What was ordered is seen to by its own work, which finds that the server has ended: the vendor may have it already. */
    private void giveBack(Addon option, Instant at) {
        if (option.state() != State.ACTIVE) {
            return;
        }
        charging.end(option.id(), option.walletId(), at);
        records.end(option, State.TERMINATING, at);
        items.write(AddressHandler.KIND, Ids.next(clock).toString(), option.id());
        records.tell(option, "release");
    }

    /** It is gone at its vendor by itself: nothing more is charged for it. */
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
