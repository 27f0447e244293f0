package io.tenantry.demo;

import io.tenantry.brand.LegalTexts;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.SalesCurrencies;
import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.demo.DemoBrand.Occasion;
import io.tenantry.demo.DemoBrand.Person;
import io.tenantry.identity.InvitationOutcome;
import io.tenantry.identity.Links;
import io.tenantry.identity.Members;
import io.tenantry.identity.Organizations;
import io.tenantry.identity.Passwords;
import io.tenantry.identity.Staff;
import io.tenantry.invoicing.Buyer;
import io.tenantry.invoicing.CreditNotes;
import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.Parties;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.options.OptionKind;
import io.tenantry.options.OptionPrices;
import io.tenantry.platform.Tenants;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provisioning.Order;
import io.tenantry.provisioning.Services;
import io.tenantry.storefront.Disruptions;
import io.tenantry.storefront.SiteEditor;
import io.tenantry.tax.TaxOffice;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.time.MovableClock;
import io.tenantry.usage.PackOffers;
import io.tenantry.usage.TransferPrices;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.OrganizationWallets.Chosen;
import io.tenantry.wallet.Wallets;
import io.tenantry.wallet.Wallets.Counterpart;
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
 * Where the story is played: each step becomes calls of the use cases that people's pages call, as the person who would do it.
 * Remembers the ids of what it made; one instance plays one story.
 */
@Dependent
class DemoStage {
    @Inject
    Tenants tenants;

    @Inject
    Staff staff;

    @Inject
    Organizations organizations;

    @Inject
    Members members;

    @Inject
    Links links;

    @Inject
    Passwords passwords;

    @Inject
    Catalog catalog;

    @Inject
    OptionPrices options;

    @Inject
    SalesCurrencies currencies;

    @Inject
    TransferPrices transferPrices;

    @Inject
    PackOffers packOffers;

    @Inject
    OrganizationWallets wallets;

    @Inject
    Services services;

    @Inject
    SiteEditor editor;

    @Inject
    LegalTexts legal;

    @Inject
    Disruptions disruptions;

    @Inject
    Parties parties;

    @Inject
    TaxOffice tax;

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

    /** All of the demo have the same password, which everybody may know: it is made unreadable once. */
    private @Nullable String password;

    /** The platform's operator comes in, if nobody has made that person before. */
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

    /** Plays one step. The clock stands at its time; the system acts unless the step has somebody of its own. */
    void play(Step step) {
        if (step instanceof Step.Opening opening) {
            open(opening.brand());
        } else {
            Tenancy.in(step.brand().tenant(), () -> {
                playInside(step);
                return step;
            });
        }
    }

    int servers() {
        return servers.size();
    }

    private void playInside(Step step) {
        if (step instanceof Step.NewPrices prices) {
            newPrices(prices);
        } else if (step instanceof Step.Arrival arrival) {
            arrive(arrival);
        } else if (step instanceof Step.Joining joining) {
            join(joining);
        } else if (step instanceof Step.Ordering ordering) {
            order(ordering);
        } else if (step instanceof Step.Resizing resizing) {
            resize(resizing);
        } else if (step instanceof Step.Ending ending) {
            end(ending);
        } else if (step instanceof Step.Looking looking) {
            look(looking);
        } else if (step instanceof Step.LastTransfer last) {
            transferLast(last);
        } else if (step instanceof Step.Gift gift) {
            give(gift);
        } else if (step instanceof Step.Crediting crediting) {
            credit(crediting);
        } else if (step instanceof Step.Disruption disruption) {
            tell(disruption.brand());
        } else if (step instanceof Step.Restoring restoring) {
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
            offer(OptionKind.VOLUME, brand, "0.08");
            offer(OptionKind.BACKUP, brand, "3.50");
            offerWeekly(brand, "2.50");
            offer(OptionKind.SNAPSHOT, brand, "0.06");
            offer(OptionKind.ADDRESS, brand, "2.50");
            offerTransfer(brand);
            written(brand.slug(), parties.sell(DemoParties.seller(brand)));
            collect(brand);
            furnish(DemoSite.of(brand));
            publish(DemoLegal.of(brand));
            return brand;
        });
    }

    /** What is sent beyond what plans include, and packs of it that are cheaper in advance. */
    private void offerTransfer(DemoBrand brand) {
        var perGib = transferPrices.publish(money(brand, "0.01"));
        var small = packOffers.offer(new PackOffers.Draft(1024, money(brand, "6.00"), Optional.of(3)));
        var large = packOffers.offer(new PackOffers.Draft(5 * 1024, money(brand, "25.00"), Optional.of(12)));
        if (perGib != TransferPrices.Outcome.DONE
                || small != PackOffers.Outcome.DONE
                || large != PackOffers.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no transfer: " + perGib + ", " + small + ", " + large);
        }
    }

    private static void written(String name, Parties.Outcome outcome) {
        if (!(outcome instanceof Parties.Outcome.Written)) {
            throw new IllegalStateException("the demo's documents do not know " + name + ": " + outcome);
        }
    }

    /** The one in the EU collects tax from its first day on, and has it in its prices. */
    private void collect(DemoBrand brand) {
        if (brand == DemoBrand.AURORA) {
            var today = LocalDate.ofInstant(clock.instant(), brand.zone());
            var number = DemoParties.seller(brand).vatNumber();
            said(tax.register(DemoParties.HOME, number, TaxOffice.Scheme.DOMESTIC, today));
            said(tax.price(true, today));
        }
    }

    /** The number of whoever is elsewhere in the EU was looked up. */
    private void prove(Customer customer, Buyer buyer) {
        if (!buyer.vatNumber().isEmpty() && !buyer.vatNumber().startsWith(DemoParties.HOME)) {
            var evidence = "VIES: " + buyer.vatNumber() + ", " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
            said(tax.note(organization(customer), io.tenantry.tax.Buyer.Status.BUSINESS, TaxOffice.Proof.of(evidence)));
        }
    }

    private static void said(TaxOffice.Outcome outcome) {
        if (outcome != TaxOffice.Outcome.DONE) {
            throw new IllegalStateException("the demo's tax was refused: " + outcome);
        }
    }

    private static Money money(DemoBrand brand, String amount) {
        return Money.of(amount, brand.plans().get(0).price().currency().getCurrencyCode());
    }

    /** Plans have a price for the neighbours too. */
    private void sellInFurther(DemoBrand brand) {
        var outcome = currencies.open(brand.further());
        if (outcome != SalesCurrencies.Outcome.DONE) {
            throw new IllegalStateException("the demo does not sell in " + brand.further() + ": " + outcome);
        }
        for (var offered : brand.plans()) {
            done(catalog.publish(new Catalog.PriceDraft(
                    plan(brand, offered.code()), brand.further(offered.price()), clock.instant())));
        }
    }

    private void offer(OptionKind kind, DemoBrand brand, String monthly) {
        var price = money(brand, monthly);
        var outcome = options.publish(kind, Optional.of(price), Optional.empty());
        if (outcome == OptionPrices.Outcome.DONE) {
            outcome = options.publish(kind, Optional.of(brand.further(price)), Optional.empty());
        }
        if (outcome != OptionPrices.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no " + kind.word() + " at " + monthly + ": " + outcome);
        }
    }

    private void offerWeekly(DemoBrand brand, String monthly) {
        var outcome = options.publish(Policy.WEEKLY, Optional.of(money(brand, monthly)), Optional.empty());
        if (outcome != OptionPrices.Outcome.DONE) {
            throw new IllegalStateException("the demo offers no weekly backups at " + monthly + ": " + outcome);
        }
    }

    private void furnish(DemoSite site) {
        site.words().forEach(editor::say);
        site.questions()
                .forEach((language, questions) ->
                        questions.forEach(asked -> editor.add(language, asked.question(), asked.answer())));
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
            disruptions.tell(
                    words.get(0),
                    Disruptions.Impact.OUTAGE,
                    Optional.of(brand.regions().get(0).code()),
                    clock.instant(),
                    words.get(1));
        }
    }

    private void tellTheEnd(DemoBrand brand) {
        try (var acting = as(Actor.Kind.STAFF, brand.staff().get(0))) {
            var words = DemoSite.of(brand).disruption();
            disruptions.since(clock.instant()).forEach(lasting -> disruptions.add(lasting.id(), words.get(2), true));
        }
    }

    private void newPrices(Step.NewPrices prices) {
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

    private void arrive(Step.Arrival arrival) {
        var customer = arrival.customer();
        var owner = customer.owner();
        var draft = new Organizations.Draft(
                customer.name(), "billing@" + customer.domain(), customer.country(), owner.name(), owner.email());
        if (!(organizations.create(draft) instanceof Organizations.Outcome.Created created)) {
            throw new IllegalStateException("the demo's customer " + customer.name() + " was refused");
        }
        organizationIds.put(customer, created.organizationId());
        var buyer = DemoParties.buyer(customer.name(), "billing@" + customer.domain(), customer.country());
        written(customer.name(), parties.buy(created.organizationId(), buyer));
        prove(customer, buyer);
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

    private void join(Step.Joining joining) {
        var person = joining.person();
        var id =
                invited(members.invite(organization(joining.customer()), person.email(), person.name(), person.role()));
        if (!people.containsValue(id)) {
            meet(person, id);
        }
    }

    private void order(Step.Ordering ordering) {
        try (var acting = as(Actor.Kind.MEMBER, ordering.customer().owner())) {
            var order = new Order(
                    organization(ordering.customer()),
                    ordering.server().name(),
                    plan(ordering.brand(), ordering.plan()),
                    ordering.server().region());
            if (!(services.orderAtOnce(order) instanceof Services.Outcome.Done done)) {
                throw new IllegalStateException("the demo's order was refused: " + ordering);
            }
            servers.put(key(ordering.customer(), ordering.server()), done.serviceId());
        }
    }

    private void resize(Step.Resizing resizing) {
        try (var acting = as(Actor.Kind.MEMBER, resizing.customer().owner())) {
            services.changePlan(
                    server(resizing.customer(), resizing.server()), plan(resizing.brand(), resizing.plan()));
        }
    }

    private void end(Step.Ending ending) {
        try (var acting = as(Actor.Kind.MEMBER, ending.customer().owner())) {
            services.end(server(ending.customer(), ending.server()));
        }
    }

    private void look(Step.Looking looking) {
        var wallet = wallet(looking.customer());
        if (wallet.runwayHours().orElse(Long.MAX_VALUE) < looking.atLeast().toHours()) {
            var enough = spent(wallet, looking.upTo()).subtract(wallet.balance().amount());
            transfer(looking.brand(), looking.customer(), looking.brand().whole(DemoStory.transfer(enough)));
        }
    }

    private void transferLast(Step.LastTransfer last) {
        var wallet = wallet(last.customer());
        var amount = spent(wallet, Duration.between(last.at(), last.runsOutAt()))
                .subtract(wallet.balance().amount())
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        if (amount > 0) {
            transfer(last.brand(), last.customer(), last.brand().whole(amount));
        }
    }

    private void give(Step.Gift gift) {
        try (var acting = as(Actor.Kind.STAFF, gift.brand().bookkeeper())) {
            var reason = gift.brand().text(gift.occasion());
            var counterpart = gift.occasion() == Occasion.CORRECTION ? Counterpart.CASH : Counterpart.ADJUSTMENT;
            if (gift.amount().isNegative()) {
                wallets.debit(movement(gift.customer(), gift.amount().negated(), counterpart, reason));
            } else {
                wallets.credit(movement(gift.customer(), gift.amount(), counterpart, reason));
            }
        }
    }

    /** Half of the greatest line of the customer's latest invoice. */
    private void credit(Step.Crediting crediting) {
        try (var acting = as(Actor.Kind.STAFF, crediting.brand().bookkeeper())) {
            for (var invoice : documents.rows(organization(crediting.customer()), Wish.of(1))) {
                var line = creditNotes.offer(invoice.id()).lines().stream()
                        .max(Comparator.comparing(one -> one.left().amount()))
                        .orElseThrow();
                var half = line.left().amount().divide(BigDecimal.valueOf(2), 2, RoundingMode.DOWN);
                var reason = crediting.brand().text(Occasion.GOODWILL);
                var outcome = creditNotes.issue(UUID.randomUUID(), invoice.id(), Map.of(line.position(), half), reason);
                if (!(outcome instanceof CreditNotes.Outcome.Issued)) {
                    throw new IllegalStateException("the demo's credit note was refused: " + outcome);
                }
            }
        }
    }

    private void transfer(DemoBrand brand, Customer customer, Money amount) {
        try (var acting = as(Actor.Kind.STAFF, brand.bookkeeper())) {
            wallets.credit(movement(customer, amount, Counterpart.CASH, brand.text(Occasion.TRANSFER)));
        }
    }

    private Wallets.Movement movement(Customer customer, Money amount, Counterpart counterpart, String reason) {
        movements++;
        return new Wallets.Movement(
                wallet(customer).id(), of(customer, amount), counterpart, reason, "demo:" + movements);
    }

    /** As many units of the currency in which the customer pays. */
    private Money of(Customer customer, Money amount) {
        return new Money(amount.amount(), wallet(customer).balance().currency());
    }

    /** What the wallet's servers cost in that time at the present pace. */
    private static BigDecimal spent(Wallets.Balance wallet, Duration time) {
        return wallet.burnPerHour().amount().multiply(BigDecimal.valueOf(time.toHours()));
    }

    private Wallets.Balance wallet(Customer customer) {
        return wallets.of(organization(customer)).get(0);
    }

    private Actors.Acting as(Actor.Kind kind, Person person) {
        return Actors.enter(new Actor(kind, known(people.get(person), person), person.name()));
    }

    /** A person of the demo is there now, and can sign in. */
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
        links.setByTheSystem(person, known);
    }

    private UUID organization(Customer customer) {
        return known(organizationIds.get(customer), customer);
    }

    private UUID plan(DemoBrand brand, String code) {
        return known(plans.get(brand + code), code);
    }

    private UUID server(Customer customer, Step.Server server) {
        return known(servers.get(key(customer, server)), server);
    }

    private static String key(Customer customer, Step.Server server) {
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
