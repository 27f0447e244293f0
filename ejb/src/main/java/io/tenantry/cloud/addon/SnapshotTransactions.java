package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** The transactions specific to snapshots: which server one is taken of, and when it is ready; as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SnapshotTransactions {
    /**
     * The provider's IDs of the server {@code s} of an add-on {@code o}: the one that a snapshot was taken of, and the present one if the
     * service has another server by now.
     */
    static final String SERVERS = """
            array_remove(array[o.server_number, case when s.provider_ref is distinct from o.server_number then s.provider_ref end], null)""";

    private static final long MIB_OF_GIB = 1024;

    @Inject
    Sql sql;

    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lifecycle;

    @Inject
    AddonPricing addonPricing;

    /** For the container. */
    public SnapshotTransactions() {}

    /** For use outside a container. */
    SnapshotTransactions(Sql sql, AddonRepository records, AddonLifecycle lifecycle, AddonPricing addonPricing) {
        this.sql = sql;
        this.records = records;
        this.lifecycle = lifecycle;
        this.addonPricing = addonPricing;
    }

    /** Returns where its provider may have it: at the server that it was taken of, and at the present one. */
    public List<String> servers(UUID id) {
        return sql.one(
                "select " + SERVERS + " as servers from addon o join service s on s.id = o.service_id where o.id = ?",
                row -> row.texts("servers"),
                id);
    }

    /** Called when no snapshot has appeared: records the next request and its server, as described at {@link AddonLifecycle#announce}. */
    public CallDecision announce(ClaimedWorkItem claimedWorkItem, CallDecision.RetryRule retryRule) {
        var snapshot = lifecycle.held(claimedWorkItem);
        sql.update("""
                update addon o
                   set server_number = coalesce(o.server_number, s.provider_ref)
                  from service s
                 where s.id = o.service_id and o.id = ?
                """, snapshot.id());
        return lifecycle.announce(snapshot, retryRule);
    }

    /** Records the progress that the provider reports. */
    public void reach(ClaimedWorkItem claimedWorkItem, int percent) {
        var snapshot = lifecycle.held(claimedWorkItem);
        if (snapshot.state() == State.ORDERED) {
            records.reach(snapshot, percent);
        }
    }

    /**
     * Activates a snapshot that is ready: it is charged from now on, the first hour immediately, for every started gibibyte, at the accepted
     * unit price.
     *
     * @param sizeMib the size that the provider reports
     */
    public void activate(ClaimedWorkItem claimedWorkItem, long sizeMib) {
        var snapshot = lifecycle.held(claimedWorkItem);
        if (snapshot.state() != State.ORDERED) {
            return;
        }
        var gib = gib(sizeMib);
        var price = addonPricing.version(addonPricing.accepted(snapshot.priceVersionId()), gib);
        records.weigh(snapshot, gib, price);
        lifecycle.activate(snapshot, price, "created");
    }

    /** Rounds up to whole gibibytes, at least one. */
    static int gib(long sizeMib) {
        return Math.toIntExact(Math.max(1, (sizeMib + MIB_OF_GIB - 1) / MIB_OF_GIB));
    }
}
