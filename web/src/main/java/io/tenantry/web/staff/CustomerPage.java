package io.tenantry.web.staff;

import io.tenantry.concession.Concession.Kind;
import io.tenantry.concession.Concessions;
import io.tenantry.concession.Concessions.Outcome;
import io.tenantry.concession.Concessions.Wish;
import io.tenantry.concession.CreditLimits;
import io.tenantry.concession.Ground;
import io.tenantry.identity.Access;
import io.tenantry.identity.Members;
import io.tenantry.identity.Organizations;
import io.tenantry.identity.Permission;
import io.tenantry.identity.TeamMember;
import io.tenantry.money.Money;
import io.tenantry.provisioning.Services;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import io.tenantry.web.concession.ConcessionWords;
import io.tenantry.web.portal.Statement;
import io.tenantry.web.portal.StatementColumns;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Base;
import io.tenantry.web.table.Table;
import io.tenantry.web.undo.Step;
import io.tenantry.web.undo.Undos;
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

/** One customer: wallet, services, statement, members; and what staff do there. Money is moved once per form shown. */
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
    OrganizationWallets wallets;

    @Inject
    Members members;

    @Inject
    Services services;

    @Inject
    StatementColumns columns;

    @Inject
    Undos undos;

    @Inject
    Fmt fmt;

    @Inject
    Concessions concessions;

    @Inject
    CreditLimits creditLimits;

    @Inject
    ConcessionWords said;

    private final UUID wish = UUID.randomUUID();
    private @Nullable String parameter;
    private @Nullable UUID id;
    private String direction = "credit";
    private Ground ground = Ground.PAYMENT;
    private @Nullable BigDecimal amount;
    private String reason = "";
    private @Nullable BigDecimal creditLimit;
    private String limitReason = "";
    private transient Organizations.@Nullable Summary customer;
    private transient @Nullable List<Wallets.Balance> balances;
    private transient @Nullable Table<Statement.Row> statement;
    private transient @Nullable List<Services.Summary> rented;
    private transient @Nullable List<TeamMember> joined;

    /** Looks at the customer, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var known = Visit.id("organization", parameter);
            customer = organizations.one(known);
            id = known;
            var wallet = getWallet();
            creditLimit = wallet == null ? null : wallet.creditLimit().amount();
        });
    }

    /** Puts money into the wallet, or takes it out. */
    public void move() {
        var wallet = Objects.requireNonNull(getWallet());
        var typed = Objects.requireNonNullElse(amount, BigDecimal.ZERO);
        if (typed.signum() <= 0) {
            Visit.refuse("move:amount", fmt.text("amount.positive"));
            return;
        }
        if (direction.equals("debit")) {
            takeOut(new Wallets.Movement(
                    wallet.id(),
                    new Money(typed, wallet.balance().currency()),
                    ground.counterpart(),
                    reason.strip(),
                    "staff:" + wish));
            return;
        }
        var outcome = concessions.ask(new Wish(wish, wallet.id(), Kind.CREDIT, ground, typed, reason));
        if (outcome instanceof Outcome.Done) {
            var amountMoved = new Money(typed, wallet.balance().currency());
            Visit.go(here(), fmt.text("move.done.credit", fmt.money(amountMoved)));
        } else if (outcome instanceof Outcome.Waiting) {
            Visit.go("/staff/approval?id=" + wish, fmt.text("approval.waits"));
        } else {
            Visit.refuse("move:" + (outcome instanceof Outcome.Amount ? "amount" : "reason"), said.refusal(outcome));
        }
    }

    private void takeOut(Wallets.Movement movement) {
        var entry = wallets.debit(movement);
        Visit.go(here(), fmt.text(entry.isPresent() ? "move.done.debit" : "move.again", fmt.money(movement.amount())));
    }

    /** Says how far below zero the wallet may go. */
    public void limit() {
        var wallet = Objects.requireNonNull(getWallet());
        var typed = Objects.requireNonNullElse(creditLimit, BigDecimal.ZERO);
        var outcome = creditLimits.set(wish, wallet.id(), typed, limitReason);
        if (outcome instanceof CreditLimits.Outcome.Holds holds) {
            var limit = new Money(typed, wallet.balance().currency());
            var step = new Step.LimitChanged(
                    known(), wallet.id(), limit.currency(), holds.before().amount(), limit.amount());
            Visit.go(here(), fmt.text("limit.done", fmt.money(limit)), undos.keep(step));
        } else if (outcome instanceof CreditLimits.Outcome.Waiting) {
            Visit.go("/staff/approval?id=" + wish, fmt.text("approval.waits"));
        } else if (outcome instanceof CreditLimits.Outcome.Amount) {
            Visit.refuse("limit:limit-amount", fmt.text("amount.zero"));
        } else {
            Visit.refuse("limit:limit-reason", fmt.text("limit.reason.missing"));
        }
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
                    new Base("/staff/customer", Map.of("id", known().toString()), "listing"),
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

    /** Whether the one who looks may do this for the customer. The use case asks again. */
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

    public Ground getGround() {
        return ground;
    }

    /** A form that leaves it out means what is there. */
    public void setGround(@Nullable Ground ground) {
        if (ground != null) {
            this.ground = ground;
        }
    }

    /** Why money is moved by hand. */
    public List<Ground> getGrounds() {
        return Ground.of(Kind.CREDIT);
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

    public String getLimitReason() {
        return limitReason;
    }

    public void setLimitReason(@Nullable String limitReason) {
        this.limitReason = Objects.requireNonNullElse(limitReason, "");
    }

    public @Nullable BigDecimal getCreditLimit() {
        return creditLimit;
    }

    public void setCreditLimit(@Nullable BigDecimal creditLimit) {
        this.creditLimit = creditLimit;
    }

    private String here() {
        return "/staff/customer?id=" + known();
    }

    private UUID known() {
        return Visit.opened(id);
    }
}
