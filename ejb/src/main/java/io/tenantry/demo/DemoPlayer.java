package io.tenantry.demo;

import io.tenantry.admin.platform.Tenants;
import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.CreditNotes;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.tax.TaxSettings;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.WalletAdministration.Chosen;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.billing.wallet.Wallets.Counterpart;
import io.tenantry.brand.LegalTexts;
import io.tenantry.brand.storefront.Incidents;
import io.tenantry.brand.storefront.StorefrontEditor;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.CurrencySettings;
import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.SandboxServices;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.cloud.provisioning.Terminations;
import io.tenantry.cloud.transfer.OveragePrices;
import io.tenantry.cloud.transfer.TransferPackOffers;
import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.demo.DemoBrand.Person;
import io.tenantry.demo.DemoBrand.PriceChange;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.Members;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.people.identity.Passwords;
import io.tenantry.people.identity.Staff;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Plays the story: each step calls the use cases behind the pages, as the person who would do it. Remembers the ids of what it created; one
 * instance plays one story.
 */
@Dependent
class DemoPlayer {
    @Inject
    Tenants tenants;

    @Inject
    Staff staff;

    @Inject
    Organizations organizations;

    @Inject
    Members members;

    @Inject
    PasswordLinks passwordLinks;

    @Inject
    Passwords passwords;

    @Inject
    Catalog catalog;

    @Inject
    AddonPrices options;

    @Inject
    CurrencySettings currencies;

    @Inject
    OveragePrices overagePrices;

    @Inject
    TransferPackOffers transferPackOffers;

    @Inject
    WalletAdministration wallets;

    @Inject
    ServiceOrders serviceOrders;

    @Inject
    SandboxServices sandboxServices;

    @Inject
    Terminations terminations;

    @Inject
    StorefrontEditor editor;

    @Inject
    LegalTexts legal;

    @Inject
    Incidents incidents;

    @Inject
    BillingParties billingParties;

    @Inject
    TaxSettings tax;

    @Inject
    DocumentList documents;

    @Inject
    CreditNotes creditNotes;

    @Inject
    MovableClock clock;

    private final Map<Person, UUID> people = new HashMap<>();
    private final Map<Customer, UUID> organizationIds = new HashMap<>();
    private final Map<String, UUID> plans = new HashMap<>();
    private final Map<String, UUID> servers = new HashMap<>();
    private int movements;

    /** All persons of the demo have the same public password: it is hashed once. */
    private @Nullable String password;

    /** Adds the platform's operator, unless that person exists. */
    void hireOperator() {
        Tenancy.in(Scope.PLATFORM, () -> {
            var operator = DemoLogins.OPERATOR;
            var invited = staff.invite(operator.email(), operator.name(), operator.role());
            if (invited instanceof InvitationOutcome.Invited newcomer) {
                givePassword(newcomer.personId());
            }
            return invited;
        });
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
            var owner = brand.staff().get(0);
            for (var row : staff.all()) {
                meet(owner, row.personId());
            }
            for (var person : brand.staff()) {
                if (!person.equals(owner)) {
                    meet(person, invited(staff.invite(person.email(), person.name(), person.role())));
                }
            }
            for (var category : brand.categories()) {
                catalog.keepCategory(
                        category.code(), category.name(), brand.categories().indexOf(category) + 1);
            }
            brand.regions().forEach(catalog::keepRegion);
            for (var offered : brand.plans()) {
                var draft = new Catalog.Draft(
                        offered.code(), offered.name(), offered.category(), offered.size(), brand.regionCodes());
                var plan = done(catalog.add(draft));
                plans.put(brand + offered.code(), plan);
                done(catalog.publish(new Catalog.PriceDraft(plan, offered.price(), clock.instant())));
            }
            sellInFurther(brand);
            offer(AddonType.VOLUME, brand, "0.08");
            offer(AddonType.BACKUP, brand, "3.50");
            offerWeekly(brand, "2.50");
            offer(AddonType.SNAPSHOT, brand, "0.06");
            offer(AddonType.ADDRESS, brand, "2.50");
            offerTransfer(brand);
            written(brand.slug(), billingParties.sell(DemoBillingParties.seller(brand)));
            collect(brand);
            furnish(DemoSite.of(brand));
            publish(DemoLegal.of(brand));
            return brand;
        });
    }

    /** Offers transfer beyond what plans include, and packs of it that are cheaper in advance. */
    private void offerTransfer(DemoBrand brand) {
        var perGib = overagePrices.publish(money(brand, "0.01"));
        var small = transferPackOffers.offer(new TransferPackOffers.Draft(1024, money(brand, "6.00"), Optional.of(3)));
        var large = transferPackOffers.offer(
                new TransferPackOffers.Draft(5 * 1024, money(brand, "25.00"), Optional.of(12)));
        if (perGib != OveragePrices.Outcome.DONE
                || small != TransferPackOffers.Outcome.DONE
                || large != TransferPackOffers.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no transfer: " + perGib + ", " + small + ", " + large);
        }
    }

    private static void written(String name, BillingParties.Outcome outcome) {
        if (!(outcome instanceof BillingParties.Outcome.Written)) {
            throw new IllegalStateException("the demo's documents do not know " + name + ": " + outcome);
        }
    }

    /** The brand in the EU collects tax from its first day on, and includes it in its prices. */
    private void collect(DemoBrand brand) {
        if (brand == DemoBrand.AURORA) {
            var today = LocalDate.ofInstant(clock.instant(), brand.zone());
            var number = DemoBillingParties.seller(brand).vatNumber();
            said(tax.register(DemoBillingParties.HOME, number, TaxSettings.Scheme.DOMESTIC, today));
            said(tax.price(true, today));
        }
    }

    /** Records the verified VAT number of a customer elsewhere in the EU. */
    private void prove(Customer customer, InvoiceBuyer invoiceBuyer) {
        if (!invoiceBuyer.vatNumber().isEmpty() && !invoiceBuyer.vatNumber().startsWith(DemoBillingParties.HOME)) {
            var evidence =
                    "VIES: " + invoiceBuyer.vatNumber() + ", " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
            said(tax.note(
                    organization(customer),
                    io.tenantry.billing.tax.TaxCustomer.Status.BUSINESS,
                    TaxSettings.Proof.of(evidence)));
        }
    }

    private static void said(TaxSettings.Outcome outcome) {
        if (outcome != TaxSettings.Outcome.DONE) {
            throw new IllegalStateException("the demo's tax was refused: " + outcome);
        }
    }

    private static Money money(DemoBrand brand, String amount) {
        return Money.of(amount, brand.plans().get(0).price().currency().getCurrencyCode());
    }

    /** Sets prices of plans in the additional currency. */
    private void sellInFurther(DemoBrand brand) {
        var outcome = currencies.open(brand.further());
        if (outcome != CurrencySettings.Outcome.DONE) {
            throw new IllegalStateException("the demo does not sell in " + brand.further() + ": " + outcome);
        }
        for (var offered : brand.plans()) {
            done(catalog.publish(new Catalog.PriceDraft(
                    plan(brand, offered.code()), brand.further(offered.price()), clock.instant())));
        }
    }

    private void offer(AddonType kind, DemoBrand brand, String monthly) {
        var price = money(brand, monthly);
        var outcome = options.publish(kind, Optional.of(price), Optional.empty());
        if (outcome == AddonPrices.Outcome.DONE) {
            outcome = options.publish(kind, Optional.of(brand.further(price)), Optional.empty());
        }
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no " + kind.word() + " at " + monthly + ": " + outcome);
        }
    }

    private void offerWeekly(DemoBrand brand, String monthly) {
        var outcome = options.publish(Policy.WEEKLY, Optional.of(money(brand, monthly)), Optional.empty());
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no weekly backups at " + monthly + ": " + outcome);
        }
    }

    private void furnish(DemoSite site) {
        site.words().forEach(editor::say);
        site.questions()
                .forEach((language, questions) ->
                        questions.forEach(faqEntry -> editor.add(language, faqEntry.question(), faqEntry.answer())));
        site.places().forEach(editor::locate);
    }

    private void publish(Map<LegalTexts.Kind, String> texts) {
        texts.forEach((kind, text) -> {
            if (legal.publish(kind, text, 0) != LegalTexts.Outcome.DONE) {
                throw new IllegalStateException("the demo does not publish its " + kind);
            }
        });
    }

    private void tell(DemoBrand brand) {
        try (var acting = as(Actor.Kind.STAFF, brand.staff().get(0))) {
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
        try (var acting = as(Actor.Kind.STAFF, brand.staff().get(0))) {
            var words = DemoSite.of(brand).disruption();
            incidents.since(clock.instant()).forEach(lasting -> incidents.add(lasting.id(), words.get(2), true));
        }
    }

    private void newPrices(DemoEvent.NewPrices prices) {
        try (var acting = as(Actor.Kind.STAFF, prices.brand().staff().get(0))) {
            for (var offered : prices.brand().plans()) {
                done(catalog.publish(new Catalog.PriceDraft(
                        plan(prices.brand(), offered.code()),
                        prices.brand().further(offered.laterPrice()),
                        prices.validFrom())));
                done(catalog.publish(new Catalog.PriceDraft(
                        plan(prices.brand(), offered.code()), offered.laterPrice(), prices.validFrom())));
            }
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
        written(customer.name(), billingParties.buy(created.organizationId(), invoiceBuyer));
        prove(customer, invoiceBuyer);
        meet(owner, created.personId());
        var chosen = wallets.choose(created.organizationId(), arrival.brand().currencyOf(customer.country()));
        if (chosen != Chosen.DONE && chosen != Chosen.UNCHANGED) {
            throw new IllegalStateException("the demo's customer " + customer.name() + " cannot pay: " + chosen);
        }
        if (arrival.creditLimit().isPositive()) {
            wallets.limit(wallet(customer).id(), of(customer, arrival.creditLimit()));
        }
        transfer(arrival.brand(), customer, arrival.credit());
    }

    private void join(DemoEvent.Joining joining) {
        var person = joining.person();
        var id =
                invited(members.invite(organization(joining.customer()), person.email(), person.name(), person.role()));
        if (!people.containsValue(id)) {
            meet(person, id);
        }
    }

    private void order(DemoEvent.Ordering ordering) {
        try (var acting = as(Actor.Kind.MEMBER, ordering.customer().owner())) {
            var order = new Order(
                    organization(ordering.customer()),
                    ordering.server().name(),
                    plan(ordering.brand(), ordering.plan()),
                    ordering.server().region());
            if (!(serviceOrders.orderAtOnce(order) instanceof ServiceOrders.Outcome.Done done)) {
                throw new IllegalStateException("the demo's order was refused: " + ordering);
            }
            servers.put(key(ordering.customer(), ordering.server()), done.serviceId());
        }
    }

    private void resize(DemoEvent.Resizing resizing) {
        try (var acting = as(Actor.Kind.MEMBER, resizing.customer().owner())) {
            sandboxServices.changePlan(
                    server(resizing.customer(), resizing.server()), plan(resizing.brand(), resizing.plan()));
        }
    }

    private void end(DemoEvent.Ending ending) {
        try (var acting = as(Actor.Kind.MEMBER, ending.customer().owner())) {
            terminations.end(server(ending.customer(), ending.server()));
        }
    }

    private void look(DemoEvent.Impersonation impersonation) {
        var wallet = wallet(impersonation.customer());
        if (wallet.runwayHours().orElse(Long.MAX_VALUE)
                < impersonation.atLeast().toHours()) {
            var enough = spent(wallet, impersonation.upTo())
                    .subtract(wallet.balance().amount());
            transfer(
                    impersonation.brand(),
                    impersonation.customer(),
                    impersonation.brand().whole(DemoStory.transfer(enough)));
        }
    }

    private void transferLast(DemoEvent.LastTransfer last) {
        var wallet = wallet(last.customer());
        var amount = spent(wallet, Duration.between(last.at(), last.runsOutAt()))
                .subtract(wallet.balance().amount())
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        if (amount > 0) {
            transfer(last.brand(), last.customer(), last.brand().whole(amount));
        }
    }

    private void give(DemoEvent.GoodwillCredit goodwillCredit) {
        try (var acting = as(Actor.Kind.STAFF, goodwillCredit.brand().bookkeeper())) {
            var reason = goodwillCredit.brand().text(goodwillCredit.priceChange());
            var counterpart =
                    goodwillCredit.priceChange() == PriceChange.CORRECTION ? Counterpart.CASH : Counterpart.ADJUSTMENT;
            if (goodwillCredit.amount().isNegative()) {
                wallets.debit(movement(
                        goodwillCredit.customer(), goodwillCredit.amount().negated(), counterpart, reason));
            } else {
                wallets.credit(movement(goodwillCredit.customer(), goodwillCredit.amount(), counterpart, reason));
            }
        }
    }

    /** Credits half of the largest line of the customer's latest invoice. */
    private void credit(DemoEvent.Crediting crediting) {
        try (var acting = as(Actor.Kind.STAFF, crediting.brand().bookkeeper())) {
            for (var invoice : documents.rows(organization(crediting.customer()), ListQuery.of(1))) {
                var line = creditNotes.offer(invoice.id()).lines().stream()
                        .max(Comparator.comparing(one -> one.left().amount()))
                        .orElseThrow();
                var half = line.left().amount().divide(BigDecimal.valueOf(2), 2, RoundingMode.DOWN);
                var reason = crediting.brand().text(PriceChange.GOODWILL);
                var outcome = creditNotes.issue(UUID.randomUUID(), invoice.id(), Map.of(line.position(), half), reason);
                if (!(outcome instanceof CreditNotes.Outcome.Issued)) {
                    throw new IllegalStateException("the demo's credit note was refused: " + outcome);
                }
            }
        }
    }

    private void transfer(DemoBrand brand, Customer customer, Money amount) {
        try (var acting = as(Actor.Kind.STAFF, brand.bookkeeper())) {
            wallets.credit(movement(customer, amount, Counterpart.CASH, brand.text(PriceChange.TRANSFER)));
        }
    }

    private Wallets.Movement movement(Customer customer, Money amount, Counterpart counterpart, String reason) {
        movements++;
        return new Wallets.Movement(
                wallet(customer).id(), of(customer, amount), counterpart, reason, "demo:" + movements);
    }

    /** Returns the same number of units in the customer's currency. */
    private Money of(Customer customer, Money amount) {
        return new Money(amount.amount(), wallet(customer).balance().currency());
    }

    /** Returns what the wallet's servers cost in that time at the present pace. */
    private static BigDecimal spent(Wallets.Balance wallet, Duration time) {
        return wallet.burnPerHour().amount().multiply(BigDecimal.valueOf(time.toHours()));
    }

    private Wallets.Balance wallet(Customer customer) {
        return wallets.of(organization(customer)).get(0);
    }

    private Actors.Acting as(Actor.Kind kind, Person person) {
        return Actors.enter(new Actor(kind, known(people.get(person), person), person.name()));
    }

    /** Lets a person of the demo, who exists now, sign in. */
    private void meet(Person person, UUID id) {
        people.put(person, id);
        givePassword(id);
    }

    private void givePassword(UUID person) {
        var known = password;
        if (known == null) {
            known = passwords.inTurn(Passwords.Caller.system(), () -> passwords.hash(DemoLogins.PASSWORD));
            password = known;
        }
        passwordLinks.setByTheSystem(person, known);
    }

    private UUID organization(Customer customer) {
        return known(organizationIds.get(customer), customer);
    }

    private UUID plan(DemoBrand brand, String code) {
        return known(plans.get(brand + code), code);
    }

    private UUID server(Customer customer, DemoEvent.Server server) {
        return known(servers.get(key(customer, server)), server);
    }

    private static String key(Customer customer, DemoEvent.Server server) {
        return customer.name() + "/" + server.name();
    }

    private static UUID known(@Nullable UUID id, Object what) {
        if (id == null) {
            throw new IllegalStateException("not in the story yet: " + what);
        }
        return id;
    }

    private static UUID invited(InvitationOutcome outcome) {
        if (outcome instanceof InvitationOutcome.Invited newcomer) {
            return newcomer.personId();
        }
        throw new IllegalStateException("a person of the demo was refused: " + outcome);
    }

    private static UUID done(Catalog.Outcome outcome) {
        if (outcome instanceof Catalog.Outcome.Done done) {
            return done.id();
        }
        throw new IllegalStateException("the demo's catalogue was refused: " + outcome);
    }
}
