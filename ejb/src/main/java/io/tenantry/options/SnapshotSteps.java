package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.work.Work;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** What is written down of a snapshot alone, when it is ready; as {@link OptionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SnapshotSteps {
    private static final long MIB_OF_GIB = 1024;

    @Inject
    OptionRecords records;

    @Inject
    OptionLives lives;

    @Inject
    Terms terms;

    /** For the container. */
    public SnapshotSteps() {}

    /** For use outside a container. */
    SnapshotSteps(OptionRecords records, OptionLives lives, Terms terms) {
        this.records = records;
        this.lives = lives;
        this.terms = terms;
    }

    /**
     * It is ready: from now on it is charged, the first hour at once, for every gibibyte that it has begun, at the unit's price that was accepted.
     *
     * @param sizeMib what the vendor says that it has
     */
    public void activate(Work work, long sizeMib) {
        var snapshot = lives.held(work);
        if (snapshot.state() != State.ORDERED) {
            return;
        }
        var gib = gib(sizeMib);
        var price = terms.version(terms.accepted(snapshot.priceVersionId()), gib);
        records.weigh(snapshot, gib, price);
        lives.activate(snapshot, price, "created");
    }

    /** Whole ones, at least one. */
    static int gib(long sizeMib) {
        return Math.toIntExact(Math.max(1, (sizeMib + MIB_OF_GIB - 1) / MIB_OF_GIB));
    }
}
