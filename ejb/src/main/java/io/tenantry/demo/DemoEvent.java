package io.tenantry.demo;

import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.demo.DemoBrand.Person;
import io.tenantry.demo.DemoBrand.PriceChange;
import io.tenantry.kernel.money.Money;
import java.time.Duration;
import java.time.Instant;

/** Something that happens in the demo's story, at a time. */
sealed interface DemoEvent {
    Instant at();

    DemoBrand brand();

    /** The brand opens, with its catalogue and staff. */
    record Opening(Instant at, DemoBrand brand) implements DemoEvent {}

    /** Every plan gets its later price, in force from an instant on. */
    record NewPrices(Instant at, DemoBrand brand, Instant validFrom) implements DemoEvent {}

    /**
     * A customer comes, and the reseller says how far its wallet may go below zero.
     *
     * @param credit what it pays in at once
     */
    record Arrival(Instant at, DemoBrand brand, Customer customer, Money credit, Money creditLimit)
            implements DemoEvent {}

    /** Somebody joins a customer's organization. */
    record Joining(Instant at, DemoBrand brand, Customer customer, Person person) implements DemoEvent {}

    /** A customer orders a server. */
    record Ordering(Instant at, DemoBrand brand, Customer customer, Server server, String plan) implements DemoEvent {}

    /** A server gets another plan. */
    record Resizing(Instant at, DemoBrand brand, Customer customer, Server server, String plan) implements DemoEvent {}

    /** A server is given up. */
    record Ending(Instant at, DemoBrand brand, Customer customer, Server server) implements DemoEvent {}

    /**
     * A customer looks at its wallet and, if it is too low, transfers money.
     *
     * @param atLeast a runway below this is too low
     * @param upTo how long it should last then
     */
    record Impersonation(Instant at, DemoBrand brand, Customer customer, Duration atLeast, Duration upTo)
            implements DemoEvent {}

    /**
     * A customer transfers its last money, and not enough of it.
     *
     * @param runsOutAt when nothing is left
     */
    record LastTransfer(Instant at, DemoBrand brand, Customer customer, Instant runsOutAt) implements DemoEvent {}

    /** The reseller gives money, or takes some back. */
    record GoodwillCredit(Instant at, DemoBrand brand, Customer customer, Money amount, PriceChange priceChange)
            implements DemoEvent {}

    /** The reseller gives back a part of the last invoice of a customer, by a document. */
    record Crediting(Instant at, DemoBrand brand, Customer customer) implements DemoEvent {}

    /** The first region is in trouble, and the status page tells so. */
    record IncidentReported(Instant at, DemoBrand brand) implements DemoEvent {}

    /** The trouble is over. */
    record Restoring(Instant at, DemoBrand brand) implements DemoEvent {}

    /** A server of a customer, by the name it has there. */
    record Server(String name, String region) {}
}
