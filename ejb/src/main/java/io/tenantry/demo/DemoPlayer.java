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
        if (demoEvent instanceof DemoEvent.Opening opening) {
            open(opening.brand());
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
        if (demoEvent instanceof DemoEvent.NewPrices prices) {
            newPrices(prices);
        } else if (demoEvent instanceof DemoEvent.Arrival arrival) {
            arrive(arrival);
        } else if (demoEvent instanceof DemoEvent.Joining joining) {
            join(joining);
        } else if (demoEvent instanceof DemoEvent.Ordering ordering) {
            order(ordering);
        } else if (demoEvent instanceof DemoEvent.Resizing resizing) {
            resize(resizing);
        } else if (demoEvent instanceof DemoEvent.Ending ending) {
            end(ending);
        } else if (demoEvent instanceof DemoEvent.Impersonation impersonation) {
            look(impersonation);
        } else if (demoEvent instanceof DemoEvent.LastTransfer last) {
            transferLast(last);
        } else if (demoEvent instanceof DemoEvent.GoodwillCredit goodwillCredit) {
            give(goodwillCredit);
        } else if (demoEvent instanceof DemoEvent.Crediting crediting) {
            credit(crediting);
        } else if (demoEvent instanceof DemoEvent.IncidentReported incidentReported) {
            tell(incidentReported.brand());
        } else if (demoEvent instanceof DemoEvent.Restoring restoring) {
            tellTheEnd(restoring.brand());
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

    private void tell(DemoBrand brand) {
        try (var acting = people.as(Actor.Kind.STAFF, brand.staff().get(0))) {
            var words = DemoSite.of(brand).disruption();
            incidents.tell(
                    words.get(0),
                    Incidents.Impact.OUTAGE,
                    Optional.of(brand.regions().get(0).code()),
                    clock.instant(),
                    words.get(1));
        }
    }

    private void tellTheEnd(DemoBrand brand) {
        try (var acting = people.as(Actor.Kind.STAFF, brand.staff().get(0))) {
            var words = DemoSite.of(brand).disruption();
            incidents.since(clock.instant()).forEach(lasting -> incidents.add(lasting.id(), words.get(2), true));
        }
    }

    private void newPrices(DemoEvent.NewPrices prices) {
        try (var acting = people.as(Actor.Kind.STAFF, prices.brand().staff().get(0))) {
            shop.newPrices(prices);
        }
    }

    private void arrive(DemoEvent.Arrival arrival) {
        var customer = arrival.customer();
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
        money.open(customer, created.organizationId(), arrival);
        transfer(arrival.brand(), customer, arrival.credit());
    }

    private void join(DemoEvent.Joining joining) {
        people.join(organization(joining.customer()), joining.person());
    }

    private void order(DemoEvent.Ordering ordering) {
        try (var acting = people.as(Actor.Kind.MEMBER, ordering.customer().owner())) {
            var order = new Order(
                    organization(ordering.customer()),
                    ordering.server().name(),
                    shop.plan(ordering.brand(), ordering.plan()),
                    ordering.server().region());
            if (!(serviceOrders.orderAtOnce(order) instanceof ServiceOrders.Outcome.Done done)) {
                throw new IllegalStateException("the demo's order was refused: " + ordering);
            }
            servers.put(key(ordering.customer(), ordering.server()), done.serviceId());
        }
    }

    private void resize(DemoEvent.Resizing resizing) {
        try (var acting = people.as(Actor.Kind.MEMBER, resizing.customer().owner())) {
            sandboxServices.changePlan(
                    server(resizing.customer(), resizing.server()), shop.plan(resizing.brand(), resizing.plan()));
        }
    }

    private void end(DemoEvent.Ending ending) {
        try (var acting = people.as(Actor.Kind.MEMBER, ending.customer().owner())) {
            terminations.end(server(ending.customer(), ending.server()));
        }
    }

    private void look(DemoEvent.Impersonation impersonation) {
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

    private void transferLast(DemoEvent.LastTransfer last) {
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
        try (var acting = people.as(Actor.Kind.STAFF, goodwillCredit.brand().bookkeeper())) {
            money.give(organization(goodwillCredit.customer()), goodwillCredit);
        }
    }

    private void credit(DemoEvent.Crediting crediting) {
        try (var acting = people.as(Actor.Kind.STAFF, crediting.brand().bookkeeper())) {
            money.credit(organization(crediting.customer()), crediting.brand().text(PriceChange.GOODWILL));
        }
    }

    private void transfer(DemoBrand brand, Customer customer, Money amount) {
        try (var acting = people.as(Actor.Kind.STAFF, brand.bookkeeper())) {
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
