package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** What is written down of a snapshot alone: of which server it is taken, and when it is ready; as {@link OptionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SnapshotSteps {
    /**
     * The vendor's numbers of the server {@code s} of an option {@code o}: the one that a snapshot was taken of, and the one that there is now, if
     * the service has another server by now.
     */
    static final String SERVERS = """
            array_remove(array[o.server_number, case when s.upstream_id is distinct from o.server_number then s.upstream_id end], null)""";

    private static final long MIB_OF_GIB = 1024;

    @Inject
    Sql sql;

    @Inject
    OptionRecords records;

    @Inject
    OptionLives lives;

    @Inject
    Terms terms;

    /** For the container. */
    public SnapshotSteps() {}

    /** For use outside a container. */
    SnapshotSteps(Sql sql, OptionRecords records, OptionLives lives, Terms terms) {
        this.sql = sql;
        this.records = records;
        this.lives = lives;
        this.terms = terms;
    }

    /** Where its vendor may have it: at the server that it was taken of, and at the one that there is now. */
    public List<String> servers(UUID id) {
        return sql.one(
                "select " + SERVERS
                        + " as servers from service_option o join service s on s.id = o.service_id where o.id = ?",
                row -> row.texts("servers"),
                id);
    }

    /** Nothing is seen of it: the next question, of which server it is then, is written down, as {@link OptionLives#announce} says. */
    public Announced announce(Work work, Announced.Rule rule) {
        var snapshot = lives.held(work);
        sql.update("""
                update service_option o
                   set server_number = coalesce(o.server_number, s.upstream_id)
                  from service s
                 where s.id = o.service_id and o.id = ?
                """, snapshot.id());
        return lives.announce(snapshot, rule);
    }

    /** The vendor says how far it is. */
    public void reach(Work work, int percent) {
        var snapshot = lives.held(work);
        if (snapshot.state() == State.ORDERED) {
            records.reach(snapshot, percent);
        }
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
