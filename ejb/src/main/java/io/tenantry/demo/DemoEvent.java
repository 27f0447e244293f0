package io.tenantry.demo;

import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.demo.DemoBrand.Person;
import io.tenantry.demo.DemoBrand.PriceChange;
import io.tenantry.kernel.money.Money;
import java.time.Duration;
import java.time.Instant;

/** An event of the demo's story, at a time. */
sealed interface DemoEvent {
    Instant at();

    DemoBrand brand();

    /** The brand opens, with its catalog and staff. */
    record BrandOpened(Instant at, DemoBrand brand) implements DemoEvent {}

    /** Every plan gets its later price, in force from an instant on. */
    record PricesChanged(Instant at, DemoBrand brand, Instant validFrom) implements DemoEvent {}

    /**
     * A customer is added, and the reseller sets the credit limit of its wallet.
     *
     * @param credit what it pays in at once
     */
    record CustomerAdded(Instant at, DemoBrand brand, Customer customer, Money credit, Money creditLimit)
            implements DemoEvent {}

    /** A person joins a customer's organization. */
    record MemberJoined(Instant at, DemoBrand brand, Customer customer, Person person) implements DemoEvent {}

    /** A customer orders a server. */
    record ServerOrdered(Instant at, DemoBrand brand, Customer customer, Server server, String plan)
            implements DemoEvent {}

    /** A server is resized to another plan. */
    record ServerResized(Instant at, DemoBrand brand, Customer customer, Server server, String plan)
            implements DemoEvent {}

    /** A server is terminated. */
    record ServerTerminated(Instant at, DemoBrand brand, Customer customer, Server server) implements DemoEvent {}

    /**
     * A customer checks its wallet and, if it is too low, transfers money.
     *
     * @param atLeast a runway below this is too low
     * @param upTo the runway after the transfer
     */
    record Impersonation(Instant at, DemoBrand brand, Customer customer, Duration atLeast, Duration upTo)
            implements DemoEvent {}

    /**
     * A customer transfers its last money, which is not enough.
     *
     * @param runsOutAt when nothing is left
     */
    record FinalTopUp(Instant at, DemoBrand brand, Customer customer, Instant runsOutAt) implements DemoEvent {}

    /** The reseller credits or debits an adjustment. */
    record GoodwillCredit(Instant at, DemoBrand brand, Customer customer, Money amount, PriceChange priceChange)
            implements DemoEvent {}

    /** The reseller refunds a part of a customer's last invoice, by a credit note. */
    record CreditNoteIssued(Instant at, DemoBrand brand, Customer customer) implements DemoEvent {}

    /** The first region has an outage, and the status page reports it. */
    record IncidentReported(Instant at, DemoBrand brand) implements DemoEvent {}

    /** The outage is over. */
    record IncidentResolved(Instant at, DemoBrand brand) implements DemoEvent {}

    /** A customer's server, by its name there. */
    record Server(String name, String region) {}
}
