package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.Snapshots.Keeping;
import io.tenantry.provisioning.ServicesEnded;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.wallet.Holds;
import io.tenantry.work.WorkItems;
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
public class ServerEnds {
    @Inject
    Sql sql;

    @Inject
    OptionRecords records;

    @Inject
    Charging charging;

    @Inject
    Holds holds;

    @Inject
    WorkItems items;

    @Inject
    Clock clock;

    /** For the container. */
    public ServerEnds() {}

    /** For use outside a container. */
    ServerEnds(Sql sql, OptionRecords records, Charging charging, Holds holds, WorkItems items, Clock clock) {
        this.sql = sql;
        this.records = records;
        this.charging = charging;
        this.holds = holds;
        this.items = items;
        this.clock = clock;
    }

    /** All options are locked before the first wallet is. */
    void serversEnded(@Observes ServicesEnded event) {
        for (var option : locked(event.serviceIds())) {
            switch (fate(option)) {
                case KEPT -> keep(option);
                case GIVEN_BACK -> giveBack(option, event.at());
                case GONE -> end(option, event.at(), "its server has ended");
            }
        }
    }

    /** What becomes of an option when its server ends. */
    public enum Fate {
        /** It stays without a server, and is charged until somebody deletes it. */
        KEPT,
        /** It is charged no more, and given back to the vendor. */
        GIVEN_BACK,
        /** It is gone with the server, and charged no more. */
        GONE
    }

    /** The rule of it, for those who are told before and for what is done then. */
    static Fate fate(ServiceOption option) {
        if (option.kind() == OptionKind.VOLUME || option.isKept(Keeping.APART)) {
            return Fate.KEPT;
        }
        return option.kind() == OptionKind.ADDRESS ? Fate.GIVEN_BACK : Fate.GONE;
    }

    /** The options of servers that would have a fate with them: those that are there or on their way, and not ending already. */
    List<ServiceOption> concerned(List<UUID> serviceIds) {
        return under(serviceIds).stream()
                .map(records::read)
                .filter(option -> option.state() != State.TERMINATING && !option.isUnasked())
                .toList();
    }

    /** Snapshots that the vendor keeps as long as there are backups; locked, which comes before their wallet is. */
    List<ServiceOption> withBackups(UUID serviceId) {
        return locked(List.of(serviceId)).stream()
                .filter(option -> option.isKept(Keeping.WITH_BACKUPS))
                .toList();
    }

    private List<ServiceOption> locked(List<UUID> serviceIds) {
        return under(serviceIds).stream().map(records::lock).toList();
    }

    private List<UUID> under(List<UUID> serviceIds) {
        return sql.query("""
                select id from service_option
                 where service_id = any (?) and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                 order by wallet_id, id
                """, row -> row.uuid("id"), (Object) serviceIds.toArray(UUID[]::new));
    }

    /** Of what nobody has asked for yet nothing comes: its own work finds that the server has ended. */
    private void keep(ServiceOption option) {
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
    private void giveBack(ServiceOption option, Instant at) {
        if (option.state() != State.ACTIVE) {
            return;
        }
        charging.end(option.id(), option.walletId(), at);
        records.end(option, State.TERMINATING, at);
        items.write(AddressWork.KIND, Ids.next(clock).toString(), option.id());
        records.tell(option, "release");
    }

    /** It is gone at its vendor by itself: nothing more is charged for it. */
    void end(ServiceOption option, Instant at, String why) {
        switch (option.state()) {
            case ORDERED -> {
                holds.release(option.walletId(), option.id());
                records.fail(option, at, why);
            }
            case ACTIVE -> {
                holds.release(option.walletId(), option.id());
                charging.end(option.id(), option.walletId(), at);
                records.end(option, State.TERMINATED, at);
            }
            case TERMINATING -> records.end(option, State.TERMINATED, at);
            case TERMINATED, FAILED -> {}
        }
    }
}
