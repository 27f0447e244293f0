package io.tenantry.web.portal;

import io.tenantry.billing.tax.DisplayedTax;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.addon.AddonRefusedException;
import io.tenantry.cloud.addon.ServerOrders;
import io.tenantry.cloud.launch.ScriptTemplate;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.cloud.provisioning.Images;
import io.tenantry.cloud.provisioning.LaunchConfig;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.OrderPolicies;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of a server, step by step. The choices are in the address ({@link OrderAddress}), so each step is a page that supports reload and
 * back; a step that lacks a previous one shows that one. The order itself carries a key generated with the page, so that a second click orders
 * nothing. For members and, below /staff, for staff on behalf of a customer.
 */
@Named
@ViewScoped
public class OrderPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    HttpServletRequest request;

    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Access access;

    @Inject
    Organizations organizations;

    @Inject
    WalletAdministration wallets;

    @Inject
    Catalog catalog;

    @Inject
    Images images;

    @Inject
    SshKeys keys;

    @Inject
    StartupScripts scripts;

    @Inject
    Services services;

    @Inject
    ServerOrders orders;

    @Inject
    OrderAddons extras;

    @Inject
    AddonLabels addonLabels;

    @Inject
    OrderPolicies policies;

    @Inject
    SshKeyLabels sshKeyLabels;

    @Inject
    DisplayedTax displayedTax;

    @Inject
    Format format;

    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, UUID> seenPrices = new HashMap<>();
    private String key = UUID.randomUUID().toString();
    private @Nullable UUID organizationId;
    private String organizationName = "";
    private OrderStep step = OrderStep.PLAN;
    private String name = "";
    private String keyName = "";
    private String keyLine = "";
    private transient @Nullable Currency currency;
    private transient @Nullable OrderCatalog goods;
    private transient @Nullable List<Wallets.Balance> balances;
    private transient @Nullable List<ProvisioningTarget.Placement> places;
    private transient @Nullable List<Images.Choice> systems;
    private transient @Nullable Boolean scripted;
    private transient OrderPolicies.@Nullable OrderAllowance orderAllowance;
    private transient DisplayedTax.@Nullable TaxNote taxNote;
    private transient @Nullable List<SshKeys.Key> ownKeys;
    private transient @Nullable List<StartupScripts.Script> ownScripts;

    /** Loads the customer and the choices, and determines the next step. */
    public void open() {
        PageResult.look(() -> {
            var id = me.isStaff()
                    ? PageResult.id("organization", request.getParameter(OrderAddress.ORGANIZATION))
                    : organization.getId();
            access.requireIn(id, Permission.VPS_CREATE);
            organizationId = id;
            organizationName = me.isStaff() ? organizations.one(id).name() : "";
            step = next();
            if (step == OrderStep.REVIEW) {
                seePrices();
                name = suggestion(id);
                getQuestions()
                        .forEach(field ->
                                answers.put(field.name(), field.byDefault().orElse("")));
            }
        });
    }

    private OrderStep next() {
        var wanted = OrderStep.of(address().one(OrderAddress.STEP));
        if (plan().isEmpty() || wanted.filter(OrderStep.PLAN::equals).isPresent()) {
            return OrderStep.PLAN;
        }
        if (getOffer() == null || wanted.filter(OrderStep.REGION::equals).isPresent()) {
            return OrderStep.REGION;
        }
        var next = wanted.orElse(OrderStep.SYSTEM);
        return steps().contains(next) ? next : OrderStep.REVIEW;
    }

    private List<OrderStep> steps() {
        return OrderStep.all(extras.isAny());
    }

    private void seePrices() {
        seenPrices.clear();
        seenPrices.putAll(extras.prices());
    }

    /** Places the order; a repetition leads to the same server. */
    public void order() {
        var offer = getOffer();
        if (offer == null) {
            // There is nothing to review: returns to the step with the missing choice.
            step = next();
            PageResult.refuse(format.text("order.withdrawn"));
            return;
        }
        Services.Outcome outcome;
        try {
            var order = new Order(known(), name.strip(), offer.planId(), getRegionCode(), beginning());
            outcome = orders.order(order, extras.chosen(seenPrices), key);
        } catch (AddonRefusedException refused) {
            again();
            addonLabels.refuse(refused.why());
            return;
        }
        if (outcome instanceof Services.Outcome.Done done) {
            var isUp = services.one(done.serviceId()).activatedAt().isPresent();
            PageResult.go(
                    root() + "/service?id=" + done.serviceId(),
                    format.text(isUp ? "order.done" : "order.started", name.strip()));
            return;
        }
        again();
        refuse(outcome);
    }

    /** Shows the step again with the current data; ordering that is a different order. */
    private void again() {
        key = UUID.randomUUID().toString();
        orderAllowance = null;
        extras.forget();
        seePrices();
    }

    private void refuse(Services.Outcome outcome) {
        if (outcome instanceof Services.Outcome.InvalidName) {
            PageResult.refuse("order:name", format.text("order.bad-name"));
        } else if (outcome instanceof Services.Outcome.MissingAnswers missingAnswers) {
            var questions = getQuestions();
            for (var at = 0; at < questions.size(); at++) {
                if (missingAnswers.fields().contains(questions.get(at).name())) {
                    PageResult.refuse(
                            "order:questions:" + at + ":answer",
                            format.text("order.unanswered", ScriptTemplate.ANSWER_MAX));
                }
            }
        } else if (outcome instanceof Services.Outcome.NoWallet none) {
            PageResult.refuse(format.text("order.no-wallet", none.currency()));
        } else if (outcome instanceof Services.Outcome.QuotaExceeded reached) {
            PageResult.refuse(format.text("order.limit", reached.limit()));
        } else if (outcome instanceof Services.Outcome.InsufficientFunds lacking) {
            PageResult.refuse(format.text("order.short", format.money(lacking.missing())));
        } else {
            PageResult.refuse(format.text(reason(outcome)));
        }
    }

    /** Returns the message key for a named object that does not exist. */
    static String reason(Services.Outcome outcome) {
        if (outcome instanceof Services.Outcome.ImageNotFound) {
            return "order.no-image";
        }
        if (outcome instanceof Services.Outcome.SshKeyNotFound) {
            return "order.no-key";
        }
        if (outcome instanceof Services.Outcome.ScriptNotFound) {
            return "order.no-script";
        }
        if (outcome instanceof Services.Outcome.ScriptsUnsupported) {
            return "order.no-scripts";
        }
        if (outcome instanceof Services.Outcome.SalesSuspended) {
            return "order.not-selling";
        }
        return outcome instanceof Services.Outcome.ScriptTooLong ? "order.script-too-long" : "order.withdrawn";
    }

    private LaunchConfig beginning() {
        var chosen = getQuestions().stream()
                .collect(Collectors.toMap(
                        ScriptTemplate.Field::name,
                        field -> Objects.requireNonNullElse(answers.get(field.name()), "")));
        return new LaunchConfig(
                getImage(), keyIds(), QueryParameters.id(address().one(OrderAddress.SCRIPT)), chosen);
    }

    /** Adds an SSH key to the organization's keys, and chooses it. */
    public void addKey() {
        var outcome = keys.add(known(), keyName, keyLine);
        if (outcome instanceof SshKeys.Outcome.Added added) {
            var all = new ArrayList<>(address().all(OrderAddress.KEY));
            all.add(added.key().id().toString());
            PageResult.go(
                    address()
                            .with(OrderAddress.STEP, OrderStep.KEYS.code())
                            .with(OrderAddress.KEY, all)
                            .toString(),
                    format.text("ssh.added", added.key().name()));
            return;
        }
        sshKeyLabels.refuse(outcome, "add:name", "add:line");
        if (sshKeyLabels.isSecret(outcome)) {
            keyLine = "";
        }
    }

    // ---- the steps

    public OrderStep getStep() {
        return step;
    }

    /** Returns the names of the steps. */
    public List<String> getSteps() {
        return steps().stream()
                .map(one -> format.text("order.step." + one.code()))
                .toList();
    }

    /** Returns the number of the current step, from 1. */
    public int getStepNumber() {
        return steps().indexOf(step) + 1;
    }

    /** Returns the addresses of the steps. */
    public List<String> getStepLinks() {
        return steps().stream().map(one -> to(one.code())).toList();
    }

    /** Returns the address of a step with the choices. */
    public String to(String code) {
        return address().with(OrderAddress.STEP, code).toString();
    }

    /** Returns the address of the previous step. */
    public String getBack() {
        return to(step.before(steps()).code());
    }

    /** Returns the next step, as addresses name it. */
    public String getNext() {
        return step.after(steps()).code();
    }

    /** Returns the address of the step after a region is chosen. */
    public String region(String code) {
        return address()
                .with(OrderAddress.REGION, code)
                .with(OrderAddress.STEP, OrderStep.SYSTEM.code())
                .toString();
    }

    /** Whether the choices are sufficient to order. */
    public boolean isComplete() {
        return getOffer() != null;
    }

    /** Returns the parts of the address that the step's form submits in addition to its own fields. */
    public List<OrderAddress.Part> getTaken() {
        return address().but(step.fields());
    }

    /** Returns the path of the page. */
    public String getPath() {
        return address().path();
    }

    // ---- prerequisites

    /** Whether the organization has reached its quota of servers: to be shown before anything is chosen. */
    public boolean isFull() {
        return room().isFull();
    }

    /** Returns the quota, for an organization that has reached it. */
    public int getLimit() {
        return room().limit().orElse(0);
    }

    /** Returns the number of hours for which money is reserved until the server runs. */
    public int getHoursHeld() {
        return room().hoursHeld();
    }

    /** Returns the reserved amount, including all add-ons. */
    public @Nullable Money getHeldAtFirst() {
        var offer = getOffer();
        return offer == null ? null : extras.hourly(offer.hourly()).times(room().hoursHeld());
    }

    private OrderPolicies.OrderAllowance room() {
        var known = orderAllowance;
        if (known == null) {
            known = policies.room(known());
            orderAllowance = known;
        }
        return known;
    }

    // ---- plan and region

    /** Whether anything is on sale. */
    public boolean isAnything() {
        return !goods().shelves().isEmpty();
    }

    /** Returns the chosen plan in the chosen region, if it is sold there. */
    public Catalog.@Nullable Offer getOffer() {
        return plan().flatMap(plan -> goods().offer(plan, getRegionCode())).orElse(null);
    }

    /** Returns the chosen plan, in any region. */
    public Catalog.@Nullable Offer getPlan() {
        return plan().flatMap(goods()::anywhere).orElse(null);
    }

    /** Returns the chosen region, or the only one in which the plan is sold; empty if there is none. */
    public String getRegionCode() {
        return regionOf(address()).map(Catalog.Region::code).orElse("");
    }

    /** Returns the name of that region. */
    public String getRegionName() {
        return regionOf(address()).map(Catalog.Region::name).orElse("");
    }

    /** Whether the chosen plan is not sold in the chosen region: to be shown. */
    public boolean isApart() {
        return getOffer() == null && getPlan() != null && !getRegionName().isEmpty();
    }

    private Optional<Catalog.Region> regionOf(OrderAddress at) {
        return goods().region(at.one(OrderAddress.REGION))
                .or(() -> plan().map(goods()::regions)
                        .filter(regions -> regions.size() == 1)
                        .map(regions -> regions.get(0)));
    }

    private Optional<UUID> plan() {
        return QueryParameters.id(address().one(OrderAddress.PLAN))
                .filter(plan -> !goods().regions(plan).isEmpty());
    }

    // ---- image and script

    /** Returns the images to choose from, the default one first; empty if there is no choice. */
    public List<Images.Choice> getSystems() {
        var known = systems;
        if (known == null) {
            var offer = getOffer();
            known = offer == null
                    ? List.of()
                    : place().map(there -> images.choices(there, offer.size())).orElse(List.of());
            systems = known;
        }
        return known;
    }

    /** Whether a server there runs a script at its first start. */
    public boolean isScripted() {
        var known = scripted;
        if (known == null) {
            known = place().map(images::runsScripts).orElse(true);
            scripted = known;
        }
        return known;
    }

    /** Returns where a provider would create the server; empty if none would, or if the location is not known yet. */
    Optional<ProvisioningTarget.Placement> place() {
        var known = places;
        if (known == null) {
            var offer = getOffer();
            known = offer == null
                    ? List.of()
                    : images.place(offer.planId(), offer.size(), getRegionCode()).stream()
                            .toList();
            places = known;
        }
        return known.stream().findFirst();
    }

    /** Returns the chosen image; empty for the default one. */
    public String getImage() {
        return address().one(OrderAddress.IMAGE);
    }

    /** Returns whether it is the chosen image, or the default one if none is chosen. */
    public boolean isChosen(Images.Choice choice) {
        return getImage().isEmpty() ? choice.usual() : choice.name().equals(getImage());
    }

    /** Whether the chosen image is not available there. */
    public boolean isImageMissing() {
        return !getImage().isEmpty()
                && getSystems().stream().noneMatch(one -> one.name().equals(getImage()));
    }

    /** Returns the display name of the chosen image; empty for the default one, which needs no lookup. */
    public String getSystemName() {
        if (getImage().isEmpty()) {
            return "";
        }
        return getSystems().stream()
                .filter(this::isChosen)
                .map(Images.Choice::name)
                .findFirst()
                .orElse("");
    }

    /** Returns the organization's scripts. */
    public List<StartupScripts.Script> getScripts() {
        var known = ownScripts;
        if (known == null) {
            known = scripts.of(known());
            ownScripts = known;
        }
        return known;
    }

    /** Returns the chosen script, if it still exists. */
    public StartupScripts.@Nullable Script getScript() {
        return QueryParameters.id(address().one(OrderAddress.SCRIPT))
                .flatMap(id -> getScripts().stream()
                        .filter(script -> script.id().equals(id))
                        .findFirst())
                .orElse(null);
    }

    /** Returns the fields of the chosen script. */
    public List<ScriptTemplate.Field> getQuestions() {
        var script = getScript();
        return script == null ? List.of() : script.fields();
    }

    // ---- keys

    /** Whether the user may view the organization's keys. */
    public boolean isKeysSeen() {
        return access.allowsIn(known(), Permission.SSH_KEYS_VIEW);
    }

    /** Whether the user may add a key. */
    public boolean isKeysManaged() {
        return access.allowsIn(known(), Permission.SSH_KEYS_MANAGE);
    }

    /** Returns the organization's keys, if the user may view them. */
    public List<SshKeys.Key> getKeys() {
        var known = ownKeys;
        if (known == null) {
            known = isKeysSeen() ? keys.of(known()) : List.of();
            ownKeys = known;
        }
        return known;
    }

    /** Returns whether a key is chosen. */
    public boolean isKeyChosen(SshKeys.Key one) {
        return keyIds().contains(one.id());
    }

    /** Returns the names of the chosen keys. */
    public String getKeyNames() {
        return keyIds().isEmpty()
                ? ""
                : getKeys().stream()
                        .filter(this::isKeyChosen)
                        .map(SshKeys.Key::name)
                        .collect(Collectors.joining(", "));
    }

    private List<UUID> keyIds() {
        return address().all(OrderAddress.KEY).stream()
                .flatMap(text -> QueryParameters.id(text).stream())
                .toList();
    }

    // ---- money

    /** Returns the wallet that would pay, if the user may view it. */
    public Wallets.@Nullable Balance getWallet() {
        var known = balances;
        if (known == null) {
            known = access.allowsIn(known(), Permission.BILLING_VIEW) ? wallets.of(known()) : List.of();
            balances = known;
        }
        return known.stream().findFirst().orElse(null);
    }

    /** Returns the hourly price, including all add-ons. */
    public @Nullable Money getHourly() {
        var plan = getPlan();
        return plan == null ? null : extras.hourly(plan.hourly());
    }

    /** Returns the maximum monthly price, including all add-ons. */
    public @Nullable Money getMonthly() {
        var plan = getPlan();
        return plan == null ? null : extras.monthly(plan.monthly());
    }

    /** Returns the tax on the price for the organization; null where no tax is collected, or the user may not view its wallet. */
    public DisplayedTax.@Nullable AppliedTax getBears() {
        return told().bears().orElse(null);
    }

    /** Returns the kind of tax note for prices. */
    public DisplayedTax.Kind getPriceKind() {
        return told().kind();
    }

    /** Returns the tax note; the amount of tax is shown only in the last step. */
    private DisplayedTax.TaxNote told() {
        var known = taxNote;
        if (known == null) {
            var wallet = step == OrderStep.REVIEW ? getWallet() : null;
            var chosen = getPlan();
            known = wallet == null || chosen == null
                    ? new DisplayedTax.TaxNote(displayedTax.kind(), Optional.empty())
                    : displayedTax.of(wallet.id(), chosen.planId());
            taxNote = known;
        }
        return known;
    }

    /** Returns the total hourly cost once this server runs too. */
    public @Nullable Money getPace() {
        var wallet = getWallet();
        var hourly = getHourly();
        return wallet == null || hourly == null ? null : wallet.burnPerHour().plus(hourly);
    }

    // ---- fields

    public String getOrganizationName() {
        return organizationName;
    }

    public @Nullable UUID getOrganizationId() {
        return organizationId;
    }

    public Map<String, String> getAnswers() {
        return answers;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getKeyName() {
        return keyName;
    }

    public void setKeyName(@Nullable String keyName) {
        this.keyName = Objects.requireNonNullElse(keyName, "");
    }

    public String getKeyLine() {
        return keyLine;
    }

    public void setKeyLine(@Nullable String keyLine) {
        this.keyLine = Objects.requireNonNullElse(keyLine, "");
    }

    /** Returns the currency of the payment. */
    public Currency getCurrency() {
        var known = currency;
        if (known == null) {
            var wallet = getWallet();
            known = wallet == null
                    ? wallets.currency(known())
                    : wallet.balance().currency();
            currency = known;
        }
        return known;
    }

    /** Returns what can be ordered. */
    public OrderCatalog goods() {
        var known = goods;
        if (known == null) {
            known = OrderCatalog.of(catalog, getCurrency());
            goods = known;
        }
        return known;
    }

    /** Returns the choices in the address of this request: a submission may contain other choices than the page was shown with. */
    public OrderAddress address() {
        return OrderAddress.of(root() + "/order", request.getParameterMap());
    }

    private String suggestion(UUID id) {
        var chosen = address().one(OrderAddress.NAME);
        if (!chosen.isEmpty()) {
            return chosen;
        }
        var count = access.allowsIn(id, Permission.VPS_VIEW) ? room().ordered() : 0;
        return "server-" + (count + 1);
    }

    private String root() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    private UUID known() {
        return Optional.ofNullable(organizationId)
                .orElseThrow(() -> new NotFoundException("organization", "of the order"));
    }
}
