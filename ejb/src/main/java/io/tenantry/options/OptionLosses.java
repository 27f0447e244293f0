package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.charging.PastCharges;
import io.tenantry.money.Money;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.provisioning.ServerAddresses;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Wallets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends what is not there any more, and gives back what was charged for it since it was there last: all hours that began after that, at what they have
 * cost. At the vendor nothing is asked for: what comes to light again there is one that nobody pays for, and staff decide about that. Joins the
 * caller's transaction, which holds the server and the option.
 */
@ApplicationScoped
public class OptionLosses {
    /** Staff and customers read it in their language; this is what files and programs get. */
    private static final String REASON = "it was not there";

    private static final String MISSING = """
            select id, since
              from option_finding
             where option_id = ? and kind = 'MISSING' and state = 'OPEN' and confirmed_at is not null
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    OptionRecords records;

    @Inject
    ServerEnds ends;

    @Inject
    Charging charging;

    @Inject
    Wallets wallets;

    @Inject
    Terms terms;

    @Inject
    ServerAddresses reach;

    /** For the container. */
    public OptionLosses() {}

    /** For use outside a container. */
    OptionLosses(Parts parts) {
        sql = parts.sql();
        clock = parts.clock();
        records = parts.records();
        ends = parts.ends();
        charging = parts.charging();
        wallets = parts.wallets();
        terms = parts.terms();
        reach = parts.reach();
    }

    /** What it is put together from. */
    record Parts(
            Sql sql,
            Clock clock,
            OptionRecords records,
            ServerEnds ends,
            Charging charging,
            Wallets wallets,
            Terms terms,
            ServerAddresses reach) {}

    private record Loss(UUID finding, Instant since) {}

    /** Ends it, with what cannot be without it, and tells how much was given back for all of that. */
    Money end(UUID finding, ServiceOption option, Instant since) {
        var given = Money.zero(terms.hourly(option.priceVersionId()).currency());
        if (option.kind() == OptionKind.BACKUP) {
            for (var snapshot : ends.withBackups(option.serviceId())) {
                given = given.plus(endWithBackups(snapshot));
            }
        }
        return given.plus(settle(finding, option, since));
    }

    /** A snapshot that is kept beside the backups is gone with them; one that is missing as well is given back too. */
    private Money endWithBackups(ServiceOption snapshot) {
        var loss = snapshot.state() == State.ACTIVE ? loss(snapshot) : Optional.<Loss>empty();
        if (loss.isPresent()) {
            return settle(loss.get().finding(), snapshot, loss.get().since());
        }
        ends.end(snapshot, clock.instant(), "the backups of its server are off");
        records.tell(snapshot, "gone");
        return Money.zero(terms.hourly(snapshot.priceVersionId()).currency());
    }

    private Optional<Loss> loss(ServiceOption option) {
        return sql.first(MISSING, row -> new Loss(row.uuid("id"), row.instant("since")), option.id());
    }

    private Money settle(UUID finding, ServiceOption option, Instant since) {
        var now = clock.instant();
        charging.end(option.id(), option.walletId(), now);
        records.end(option, State.TERMINATED, now);
        if (option.kind() == OptionKind.ADDRESS) {
            reach.go(option.serviceId(), option.upstreamId().orElseThrow());
        }
        var currency = terms.hourly(option.priceVersionId()).currency();
        var owed = PastCharges.before(sql, option.id(), now, currency)
                .minus(PastCharges.before(sql, option.id(), since, currency))
                .max(Money.zero(currency));
        sql.update("""
                update option_finding
                   set state = 'RESOLVED', resolved_at = clock_timestamp(), resolution = 'ENDED', resolved_by = ?, given_back = ?
                 where id = ?
                """, Actors.require().name(), owed.amount(), finding);
        if (owed.isPositive()) {
            pay(finding, option, owed);
        }
        records.tell(option, "lost");
        return owed;
    }

    private void pay(UUID finding, ServiceOption option, Money owed) {
        var source = "option-finding:" + finding;
        if (wallets.giveBack(
                        new Wallets.Item(option.walletId(), owed, source, REASON, source, Optional.of(option.id())))
                .isEmpty()) {
            throw new IllegalStateException("of finding " + finding + " something was given back before");
        }
    }
}
