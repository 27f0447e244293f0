package io.tenantry.web.portal;

import io.tenantry.cloud.addon.AddonRefusedException;
import io.tenantry.cloud.addon.ServerOrders;
import io.tenantry.cloud.provisioning.LaunchConfig;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of a server, step by step. The choices are in the address ({@link OrderAddress}), so each step is a page that supports reload and
 * back; a step that lacks a previous one shows that one. The order itself carries a key generated with the page, so that a second click orders
 * nothing. For members and, below /staff, for staff on behalf of a customer. What is chosen is {@link OrderSelection}, {@link OrderImage},
 * {@link OrderKeys} and {@link OrderAddons}; what it costs, {@link OrderPrice}.
 */
@Named
@ViewScoped
public class OrderPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    OrderSelection selection;

    @Inject
    OrderImage image;

    @Inject
    OrderKeys keys;

    @Inject
    OrderAddons extras;

    @Inject
    OrderQuota quota;

    @Inject
    OrderRefusals refusals;

    @Inject
    ServerOrders orders;

    @Inject
    Services services;

    @Inject
    Format format;

    private final Map<String, UUID> seenPrices = new HashMap<>();
    private @Nullable UUID seenPlanPrice;
    private String key = UUID.randomUUID().toString();
    private OrderStep step = OrderStep.PLAN;
    private String name = "";

    /** Loads the customer and the choices, and determines the next step. */
    public void open() {
        PageResult.load(() -> {
            selection.open();
            step = next();
            if (step == OrderStep.REVIEW) {
                seePrices();
                name = suggestion();
                image.fillAnswers();
            }
        });
    }

    private OrderStep next() {
        var wanted = OrderStep.of(address().one(OrderAddress.STEP));
        if (selection.getPlan() == null || wanted.filter(OrderStep.PLAN::equals).isPresent()) {
            return OrderStep.PLAN;
        }
        if (!selection.isComplete() || wanted.filter(OrderStep.REGION::equals).isPresent()) {
            return OrderStep.REGION;
        }
        var next = wanted.orElse(OrderStep.IMAGE);
        return steps().contains(next) ? next : OrderStep.REVIEW;
    }

    private List<OrderStep> steps() {
        return OrderStep.all(extras.isAny());
    }

    private void seePrices() {
        seenPrices.clear();
        seenPrices.putAll(extras.prices());
        var offer = selection.getOffer();
        seenPlanPrice = offer == null ? null : offer.priceVersionId();
    }

    private String suggestion() {
        var chosen = address().one(OrderAddress.NAME);
        return chosen.isEmpty() ? "server-" + (quota.ordered() + 1) : chosen;
    }

    /** Places the order; a repetition leads to the same server. */
    public void order() {
        var offer = selection.getOffer();
        if (offer == null) {
            // There is nothing to review: returns to the step with the missing choice.
            step = next();
            PageResult.refuse(format.text("order.withdrawn"));
            return;
        }
        ServiceOrders.Outcome outcome;
        try {
            var order = new Order(
                    selection.known(),
                    name.strip(),
                    offer.planId(),
                    selection.getRegionCode(),
                    launchConfig(),
                    Optional.ofNullable(seenPlanPrice));
            outcome = orders.order(order, extras.chosen(seenPrices), key);
        } catch (AddonRefusedException refused) {
            again();
            refusals.show(refused);
            return;
        }
        if (outcome instanceof ServiceOrders.Outcome.Done done) {
            var isUp = services.one(done.serviceId()).activatedAt().isPresent();
            PageResult.go(
                    selection.root() + "/service?id=" + done.serviceId(),
                    format.text(isUp ? "order.done" : "order.started", name.strip()));
            return;
        }
        if (outcome instanceof ServiceOrders.Outcome.AlreadyOrdered already) {
            var ordered = services.one(already.serviceId()).name();
            PageResult.go(
                    selection.root() + "/service?id=" + already.serviceId(), format.text("order.already", ordered));
            return;
        }
        again();
        refusals.show(outcome, image.getQuestions());
    }

    private LaunchConfig launchConfig() {
        return new LaunchConfig(
                image.getImage(),
                keys.chosen(),
                QueryParameters.id(address().one(OrderAddress.SCRIPT)),
                image.answered());
    }

    /** Shows the step again with the current data; ordering that is a different order. */
    private void again() {
        key = UUID.randomUUID().toString();
        selection.forget();
        quota.forget();
        extras.forget();
        seePrices();
        if (!selection.isComplete()) {
            // The plan was withdrawn meanwhile: there is nothing left to review.
            step = next();
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
                .with(OrderAddress.STEP, OrderStep.IMAGE.code())
                .toString();
    }

    /** Returns the parts of the address that the step's form submits in addition to its own fields. */
    public List<OrderAddress.Part> getTaken() {
        return address().but(step.fields());
    }

    /** Returns the path of the page. */
    public String getPath() {
        return address().path();
    }

    private OrderAddress address() {
        return selection.address();
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }
}
