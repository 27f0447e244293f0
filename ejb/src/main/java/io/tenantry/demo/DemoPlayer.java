package io.tenantry.demo;

import io.tenantry.admin.platform.Tenants;
import io.tenantry.brand.storefront.Incidents;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.SandboxServices;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.cloud.provisioning.Terminations;
import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.demo.DemoBrand.PriceChange;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.Organizations;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Plays the story: each step calls the use cases behind the pages, as the person who would do it. Remembers the ids of what it created; one
 * instance plays one story.
 */
@Dependent
class DemoPlayer {
    @Inject
    Tenants tenants;

    @Inject
    DemoPeople people;

    @Inject
    DemoShop shop;

    @Inject
    DemoMoney money;

    @Inject
    Organizations organizations;

    @Inject
    ServiceOrders serviceOrders;

    @Inject
    SandboxServices sandboxServices;

    @Inject
    Terminations terminations;

    @Inject
    Incidents incidents;

    @Inject
    MovableClock clock;

    private final Map<Customer, UUID> organizationIds = new HashMap<>();
    private final Map<String, UUID> servers = new HashMap<>();

    /** Adds the platform's operator, unless that person exists. */
    void hireOperator() {
        people.hireOperator();
    }

    /** Plays one step. The clock shows its time; the system acts unless the step has a specific person. */
    void play(DemoEvent demoEvent) {
        if (demoEvent instanceof DemoEvent.BrandOpened brandOpened) {
            open(brandOpened.brand());
        } else {
            Tenancy.in(demoEvent.brand().tenant(), () -> {
                playInside(demoEvent);
                return demoEvent;
            });
        }
    }

    int servers() {
        return servers.size();
    }

    private void playInside(DemoEvent demoEvent) {
        if (demoEvent instanceof DemoEvent.PricesChanged prices) {
            newPrices(prices);
        } else if (demoEvent instanceof DemoEvent.CustomerAdded customerAdded) {
            arrive(customerAdded);
        } else if (demoEvent instanceof DemoEvent.MemberJoined memberJoined) {
            join(memberJoined);
        } else if (demoEvent instanceof DemoEvent.ServerOrdered serverOrdered) {
            order(serverOrdered);
        } else if (demoEvent instanceof DemoEvent.ServerResized serverResized) {
            resize(serverResized);
        } else if (demoEvent instanceof DemoEvent.ServerTerminated serverTerminated) {
            end(serverTerminated);
        } else if (demoEvent instanceof DemoEvent.Impersonation impersonation) {
            impersonate(impersonation);
        } else if (demoEvent instanceof DemoEvent.FinalTopUp last) {
            transferLast(last);
        } else if (demoEvent instanceof DemoEvent.GoodwillCredit goodwillCredit) {
            give(goodwillCredit);
        } else if (demoEvent instanceof DemoEvent.CreditNoteIssued creditNoteIssued) {
            credit(creditNoteIssued);
        } else if (demoEvent instanceof DemoEvent.IncidentReported incidentReported) {
            reportProgress(incidentReported.brand());
        } else if (demoEvent instanceof DemoEvent.IncidentResolved incidentResolved) {
            reportEnd(incidentResolved.brand());
        }
    }

    private void open(DemoBrand brand) {
        if (!(tenants.create(brand.draft()) instanceof Tenants.Outcome.Created)) {
            throw new IllegalStateException("the demo's brand " + brand.slug() + " was refused");
        }
        Tenancy.in(brand.tenant(), () -> {
            people.hire(brand);
            shop.open(brand);
            return brand;
        });
    }

    private void reportProgress(DemoBrand brand) {
        try (var actorScope = people.as(Actor.Kind.STAFF, brand.staff().get(0))) {
            var words = DemoSite.of(brand).disruption();
            incidents.report(
                    words.get(0),
                    Incidents.Impact.OUTAGE,
                    Optional.of(brand.regions().get(0).code()),
                    clock.instant(),
                    words.get(1));
        }
    }

    private void reportEnd(DemoBrand brand) {
        try (var actorScope = people.as(Actor.Kind.STAFF, brand.staff().get(0))) {
            var words = DemoSite.of(brand).disruption();
            incidents.since(clock.instant()).forEach(lasting -> incidents.add(lasting.id(), words.get(2), true));
        }
    }

    private void newPrices(DemoEvent.PricesChanged prices) {
        try (var actorScope = people.as(Actor.Kind.STAFF, prices.brand().staff().get(0))) {
            shop.newPrices(prices);
        }
    }

    private void arrive(DemoEvent.CustomerAdded customerAdded) {
        var customer = customerAdded.customer();
        var owner = customer.owner();
        var draft = new Organizations.Draft(
                customer.name(), "billing@" + customer.domain(), customer.country(), owner.name(), owner.email());
        if (!(organizations.create(draft) instanceof Organizations.Outcome.Created created)) {
            throw new IllegalStateException("the demo's customer " + customer.name() + " was refused");
        }
        organizationIds.put(customer, created.organizationId());
        var invoiceBuyer =
                DemoBillingParties.buyer(customer.name(), "billing@" + customer.domain(), customer.country());
        shop.know(customer, created.organizationId(), invoiceBuyer);
        people.meet(owner, created.personId());
        money.open(customer, created.organizationId(), customerAdded);
        transfer(customerAdded.brand(), customer, customerAdded.credit());
    }

    private void join(DemoEvent.MemberJoined memberJoined) {
        people.join(organization(memberJoined.customer()), memberJoined.person());
    }

    private void order(DemoEvent.ServerOrdered serverOrdered) {
        try (var actorScope =
                people.as(Actor.Kind.MEMBER, serverOrdered.customer().owner())) {
            var order = new Order(
                    organization(serverOrdered.customer()),
                    serverOrdered.server().name(),
                    shop.plan(serverOrdered.brand(), serverOrdered.plan()),
                    serverOrdered.server().region());
            if (!(serviceOrders.orderAtOnce(order) instanceof ServiceOrders.Outcome.Done done)) {
                throw new IllegalStateException("the demo's order was refused: " + serverOrdered);
            }
            servers.put(key(serverOrdered.customer(), serverOrdered.server()), done.serviceId());
        }
    }

    private void resize(DemoEvent.ServerResized serverResized) {
        try (var actorScope =
                people.as(Actor.Kind.MEMBER, serverResized.customer().owner())) {
            sandboxServices.changePlan(
                    server(serverResized.customer(), serverResized.server()),
                    shop.plan(serverResized.brand(), serverResized.plan()));
        }
    }

    private void end(DemoEvent.ServerTerminated serverTerminated) {
        try (var actorScope =
                people.as(Actor.Kind.MEMBER, serverTerminated.customer().owner())) {
            terminations.end(server(serverTerminated.customer(), serverTerminated.server()));
        }
    }

    private void impersonate(DemoEvent.Impersonation impersonation) {
        var wallet = money.wallet(organization(impersonation.customer()));
        if (wallet.runwayHours().orElse(Long.MAX_VALUE)
                < impersonation.atLeast().toHours()) {
            var enough = DemoMoney.spent(wallet, impersonation.upTo())
                    .subtract(wallet.balance().amount());
            transfer(
                    impersonation.brand(),
                    impersonation.customer(),
                    impersonation.brand().whole(DemoStory.transfer(enough)));
        }
    }

    private void transferLast(DemoEvent.FinalTopUp last) {
        var wallet = money.wallet(organization(last.customer()));
        var amount = DemoMoney.spent(wallet, Duration.between(last.at(), last.runsOutAt()))
                .subtract(wallet.balance().amount())
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        if (amount > 0) {
            transfer(last.brand(), last.customer(), last.brand().whole(amount));
        }
    }

    private void give(DemoEvent.GoodwillCredit goodwillCredit) {
        try (var actorScope = people.as(Actor.Kind.STAFF, goodwillCredit.brand().bookkeeper())) {
            money.give(organization(goodwillCredit.customer()), goodwillCredit);
        }
    }

    private void credit(DemoEvent.CreditNoteIssued creditNoteIssued) {
        try (var actorScope =
                people.as(Actor.Kind.STAFF, creditNoteIssued.brand().bookkeeper())) {
            money.credit(
                    organization(creditNoteIssued.customer()),
                    creditNoteIssued.brand().text(PriceChange.GOODWILL));
        }
    }

    private void transfer(DemoBrand brand, Customer customer, Money amount) {
        try (var actorScope = people.as(Actor.Kind.STAFF, brand.bookkeeper())) {
            money.transfer(organization(customer), amount, brand.text(PriceChange.TRANSFER));
        }
    }

    private UUID organization(Customer customer) {
        return DemoPeople.known(organizationIds.get(customer), customer);
    }

    private UUID server(Customer customer, DemoEvent.Server server) {
        return DemoPeople.known(servers.get(key(customer, server)), server);
    }

    private static String key(Customer customer, DemoEvent.Server server) {
        return customer.name() + "/" + server.name();
    }
}
