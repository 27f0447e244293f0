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
 * Ordering a server, step by step. What is chosen stands in the address ({@link OrderAddress}), so each step is a page that can be
 * reloaded and gone back to; a step that lacks one before it shows that one. The order itself carries a key made with the page, so that a
 * second click orders nothing. For members and, below /staff, for staff in a customer's name.
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

    /** Looks for whom it is, what is chosen already, and which step is next. */
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

    /** Orders it; repeated, leads to the same server. */
    public void order() {
        var offer = getOffer();
        if (offer == null) {
            // There is nothing to look over: back to where one can choose.
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
                    format.text(isUp ? "order.done" : "order.begun", name.strip()));
            return;
        }
        again();
        refuse(outcome);
    }

    /** Shown once more, as everything is now; to order that is another wish. */
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

    /** The words for what is not there that was named. */
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

    /** Adds an SSH key to the organization's, and chooses it. */
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

    // ---- where one is

    public OrderStep getStep() {
        return step;
    }

    /** The steps by name. */
    public List<String> getSteps() {
        return steps().stream()
                .map(one -> format.text("order.step." + one.code()))
                .toList();
    }

    /** Which of them one is at, from 1. */
    public int getStepNumber() {
        return steps().indexOf(step) + 1;
    }

    /** Where each is. */
    public List<String> getStepLinks() {
        return steps().stream().map(one -> to(one.code())).toList();
    }

    /** The address of a step with what is chosen. */
    public String to(String code) {
        return address().with(OrderAddress.STEP, code).toString();
    }

    /** The address of the step before. */
    public String getBack() {
        return to(step.before(steps()).code());
    }

    /** The step after, as addresses name it. */
    public String getNext() {
        return step.after(steps()).code();
    }

    /** The address of the step after a choice of region. */
    public String region(String code) {
        return address()
                .with(OrderAddress.REGION, code)
                .with(OrderAddress.STEP, OrderStep.SYSTEM.code())
                .toString();
    }

    /** Whether enough is chosen to order. */
    public boolean isComplete() {
        return getOffer() != null;
    }

    /** What the form of the step takes along in the address besides its own fields. */
    public List<OrderAddress.Part> getTaken() {
        return address().but(step.fields());
    }

    /** The path of the page. */
    public String getPath() {
        return address().path();
    }

    // ---- what an order needs

    /** Whether the organization has as many servers as it may have: to be said before anything is chosen. */
    public boolean isFull() {
        return room().isFull();
    }

    /** How many that are; for one that is full. */
    public int getLimit() {
        return room().limit().orElse(0);
    }

    /** For how many hours money is held until the server runs. */
    public int getHoursHeld() {
        return room().hoursHeld();
    }

    /** How much that is, with all that is ordered with it. */
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

    /** The chosen plan where it is wanted, if it is sold there. */
    public Catalog.@Nullable Offer getOffer() {
        return plan().flatMap(plan -> goods().offer(plan, getRegionCode())).orElse(null);
    }

    /** The chosen plan, wherever it is sold. */
    public Catalog.@Nullable Offer getPlan() {
        return plan().flatMap(goods()::anywhere).orElse(null);
    }

    /** The chosen region, or the only one in which the plan is sold; empty if there is none. */
    public String getRegionCode() {
        return regionOf(address()).map(Catalog.Region::code).orElse("");
    }

    /** Its name. */
    public String getRegionName() {
        return regionOf(address()).map(Catalog.Region::name).orElse("");
    }

    /** Where the chosen plan is not sold, though it was chosen: to be said. */
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

    // ---- system and script

    /** The systems to choose from, the usual one first; empty if there is no choice. */
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

    /** Where a vendor would make it; empty if nobody does, or it is not known yet where. */
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

    /** The chosen system; empty for the usual one. */
    public String getImage() {
        return address().one(OrderAddress.IMAGE);
    }

    /** Whether it is the chosen one, or the usual one and none is chosen. */
    public boolean isChosen(Images.Choice choice) {
        return getImage().isEmpty() ? choice.usual() : choice.name().equals(getImage());
    }

    /** Whether the chosen system is not offered there. */
    public boolean isImageMissing() {
        return !getImage().isEmpty()
                && getSystems().stream().noneMatch(one -> one.name().equals(getImage()));
    }

    /** The chosen system, to be read; empty for the usual one, which nobody has to be asked for. */
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

    /** The organization's scripts. */
    public List<StartupScripts.Script> getScripts() {
        var known = ownScripts;
        if (known == null) {
            known = scripts.of(known());
            ownScripts = known;
        }
        return known;
    }

    /** The chosen script, if it is still there. */
    public StartupScripts.@Nullable Script getScript() {
        return QueryParameters.id(address().one(OrderAddress.SCRIPT))
                .flatMap(id -> getScripts().stream()
                        .filter(script -> script.id().equals(id))
                        .findFirst())
                .orElse(null);
    }

    /** What the chosen script asks for. */
    public List<ScriptTemplate.Field> getQuestions() {
        var script = getScript();
        return script == null ? List.of() : script.fields();
    }

    // ---- keys

    /** Whether the organization's keys may be seen. */
    public boolean isKeysSeen() {
        return access.allowsIn(known(), Permission.SSH_KEYS_VIEW);
    }

    /** Whether one may be added. */
    public boolean isKeysManaged() {
        return access.allowsIn(known(), Permission.SSH_KEYS_MANAGE);
    }

    /** The organization's keys, as far as they may be seen. */
    public List<SshKeys.Key> getKeys() {
        var known = ownKeys;
        if (known == null) {
            known = isKeysSeen() ? keys.of(known()) : List.of();
            ownKeys = known;
        }
        return known;
    }

    /** Whether a key is chosen. */
    public boolean isKeyChosen(SshKeys.Key one) {
        return keyIds().contains(one.id());
    }

    /** The names of the chosen keys. */
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

    /** The wallet that would pay, if it may be seen. */
    public Wallets.@Nullable Balance getWallet() {
        var known = balances;
        if (known == null) {
            known = access.allowsIn(known(), Permission.BILLING_VIEW) ? wallets.of(known()) : List.of();
            balances = known;
        }
        return known.stream().findFirst().orElse(null);
    }

    /** What an hour of it costs, with all that is ordered with it. */
    public @Nullable Money getHourly() {
        var plan = getPlan();
        return plan == null ? null : extras.hourly(plan.hourly());
    }

    /** What a month of the same costs at most. */
    public @Nullable Money getMonthly() {
        var plan = getPlan();
        return plan == null ? null : extras.monthly(plan.monthly());
    }

    /** What prices bear for the organization; nothing where no tax is collected, or it may not see its wallet. */
    public DisplayedTax.@Nullable AppliedTax getBears() {
        return told().bears().orElse(null);
    }

    /** What prices say of tax. */
    public DisplayedTax.Kind getPriceKind() {
        return told().kind();
    }

    /** What they bear is said in the end. */
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

    /** What an hour costs in all once this runs too. */
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

    /** In which currency it is paid. */
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

    /** What can be ordered. */
    public OrderCatalog goods() {
        var known = goods;
        if (known == null) {
            known = OrderCatalog.of(catalog, getCurrency());
            goods = known;
        }
        return known;
    }

    /** What is chosen, as the address of this very request says: what is sent may bring another than the page was shown with. */
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
