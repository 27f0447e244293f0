package io.tenantry.web.staff;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.AdjustmentReason;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.billing.adjustment.Adjustments.AdjustmentRequest;
import io.tenantry.billing.adjustment.Adjustments.Outcome;
import io.tenantry.billing.adjustment.ManualDebits;
import io.tenantry.billing.adjustment.ManualDebits.DebitRequest;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Members;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.TeamMember;
import io.tenantry.web.billing.approval.AdjustmentLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.ListUrl;
import io.tenantry.web.list.Table;
import io.tenantry.web.portal.Statement;
import io.tenantry.web.portal.StatementColumns;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One customer: wallet, services, statement, members, and the actions of staff. Money is moved once per displayed form. */
@Named
@ViewScoped
public class CustomerPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SERVICES = 100;

    @Inject
    Access access;

    @Inject
    Organizations organizations;

    @Inject
    WalletAdministration wallets;

    @Inject
    Members members;

    @Inject
    Services services;

    @Inject
    StatementColumns columns;

    @Inject
    Format format;

    @Inject
    Adjustments adjustments;

    @Inject
    ManualDebits debits;

    @Inject
    AdjustmentLabels adjustmentLabels;

    private final UUID requestId = UUID.randomUUID();
    private @Nullable String parameter;
    private @Nullable UUID id;
    private String direction = "credit";
    private AdjustmentReason adjustmentReason = AdjustmentReason.PAYMENT;
    private @Nullable BigDecimal amount;
    private String reason = "";
    private transient Organizations.@Nullable Summary customer;
    private transient @Nullable List<Wallets.Balance> balances;
    private transient @Nullable Table<Statement.Row> statement;
    private transient @Nullable List<Services.Summary> rented;
    private transient @Nullable List<TeamMember> joined;

    /** Loads the customer, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("organization", parameter);
            customer = organizations.one(known);
            id = known;
        });
    }

    /** Returns the maximum amount of a movement. */
    public Money getMost() {
        return Wallets.Movement.maximum(
                Objects.requireNonNull(getWallet()).balance().currency());
    }

    /** Credits or debits the wallet. */
    public void move() {
        var wallet = Objects.requireNonNull(getWallet());
        var typed = Objects.requireNonNullElse(amount, BigDecimal.ZERO);
        if (typed.signum() <= 0) {
            PageResult.refuse("move:amount", format.text("amount.positive"));
            return;
        }
        if (!CurrencyUnits.isPayable(typed, wallet.balance().currency())) {
            PageResult.refuse("move:amount", format.text("amount.currency-decimals"));
            return;
        }
        var most = Wallets.Movement.maximum(wallet.balance().currency());
        if (typed.compareTo(most.amount()) > 0) {
            PageResult.refuse("move:amount", format.text("amount.too-large", format.money(most)));
            return;
        }
        var outcome = direction.equals("debit")
                ? debits.debit(new DebitRequest(requestId, wallet.id(), adjustmentReason, typed, reason))
                : adjustments.ask(
                        new AdjustmentRequest(requestId, wallet.id(), Kind.CREDIT, adjustmentReason, typed, reason));
        if (outcome instanceof Outcome.Done) {
            var amountMoved = new Money(typed, wallet.balance().currency());
            PageResult.go(here(), format.text("move.done." + direction, format.money(amountMoved)));
        } else if (outcome instanceof Outcome.Waiting) {
            PageResult.go("/staff/approval?id=" + requestId, format.text("approval.waits"));
        } else {
            PageResult.refuse("move:" + (isOfAmount(outcome) ? "amount" : "reason"), adjustmentLabels.refusal(outcome));
        }
    }

    private static boolean isOfAmount(Outcome outcome) {
        return outcome instanceof Outcome.Amount
                || outcome instanceof Outcome.AlreadyRequested
                || outcome instanceof Outcome.WalletClosed;
    }

    public Organizations.Summary getCustomer() {
        var known = customer;
        if (known == null) {
            known = organizations.one(known());
            customer = known;
        }
        return known;
    }

    public Wallets.@Nullable Balance getWallet() {
        var known = balances;
        if (known == null) {
            known = may(Permission.BILLING_VIEW) ? wallets.of(known()) : List.of();
            balances = known;
        }
        return known.isEmpty() ? null : known.get(0);
    }

    public Table<Statement.Row> getStatement() {
        var known = statement;
        if (known == null) {
            var wallet = getWallet();
            known = columns.table(
                    new ListUrl("/staff/customer", Map.of("id", known().toString()), "listing"),
                    "/staff/statement",
                    wallet);
            statement = known;
        }
        return known;
    }

    public List<Services.Summary> getServices() {
        var known = rented;
        if (known == null) {
            known = may(Permission.VPS_VIEW)
                    ? services.list(new Services.Filter(Optional.of(known()), false, "", 0, SERVICES))
                    : List.of();
            rented = known;
        }
        return known;
    }

    public List<TeamMember> getMembers() {
        var known = joined;
        if (known == null) {
            known = may(Permission.MEMBERS_MANAGE) ? members.of(known()) : List.of();
            joined = known;
        }
        return known;
    }

    /** Returns whether the user has a permission for the customer. The use case checks the permission again. */
    public boolean may(String permission) {
        return id != null && access.allowsIn(id, permission);
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getDirection() {
        return direction;
    }

    public void setDirection(@Nullable String direction) {
        this.direction = "debit".equals(direction) ? "debit" : "credit";
    }

    public AdjustmentReason getGround() {
        return adjustmentReason;
    }

    /** Keeps the current reason if the form omits it. */
    public void setGround(@Nullable AdjustmentReason adjustmentReason) {
        if (adjustmentReason != null) {
            this.adjustmentReason = adjustmentReason;
        }
    }

    /** Returns the reasons for a manual credit or debit. */
    public List<AdjustmentReason> getReasons() {
        return AdjustmentReason.of(Kind.CREDIT);
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    /** Returns the address of this page. */
    String here() {
        return "/staff/customer?id=" + known();
    }

    /** Returns the id of the customer, after {@link #open}. */
    UUID known() {
        return PageResult.opened(id);
    }
}
