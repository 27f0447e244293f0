package io.tenantry.web.portal;

import io.tenantry.cloud.addon.AddonRefusedException;
import io.tenantry.cloud.launch.ScriptTemplate;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Why something was not ordered, or a server not installed as wanted: said at the field, or for the whole submission. */
@RequestScoped
public class OrderRefusals {
    @Inject
    Format format;

    @Inject
    AddonLabels addonLabels;

    /** Shows why one of the add-ons was not ordered. */
    void show(AddonRefusedException refused) {
        addonLabels.refuse(refused.why());
    }

    /**
     * Shows why a server was not ordered.
     *
     * @param questions the fields of the script
     */
    void show(ServiceOrders.Outcome outcome, List<ScriptTemplate.Field> questions) {
        if (outcome instanceof ServiceOrders.Outcome.InvalidName) {
            PageResult.refuse("order:name", format.text("order.bad-name"));
        } else if (outcome instanceof ServiceOrders.Outcome.NoWallet none) {
            PageResult.refuse(format.text("order.no-wallet", none.currency()));
        } else if (outcome instanceof ServiceOrders.Outcome.PriceChanged changed) {
            PageResult.refuse(format.text("order.price-changed", format.money(changed.monthly())));
        } else if (outcome instanceof ServiceOrders.Outcome.QuotaExceeded reached) {
            PageResult.refuse(format.text("order.limit", reached.limit()));
        } else if (outcome instanceof ServiceOrders.Outcome.InsufficientFunds lacking) {
            PageResult.refuse(format.text("order.short", format.money(lacking.missing())));
        } else {
            showLaunch(format, outcome, questions, "order");
        }
    }

    /**
     * Shows why a server cannot start with the chosen image, keys and script.
     *
     * @param form the form with the fields of the script
     */
    static void showLaunch(
            Format format, ServiceOrders.Outcome outcome, List<ScriptTemplate.Field> questions, String form) {
        if (outcome instanceof ServiceOrders.Outcome.MissingAnswers missing) {
            for (var at = 0; at < questions.size(); at++) {
                if (missing.fields().contains(questions.get(at).name())) {
                    PageResult.refuse(
                            form + ":questions:" + at + ":answer",
                            format.text("order.unanswered", ScriptTemplate.ANSWER_MAX));
                }
            }
        } else {
            PageResult.refuse(format.text(reason(outcome)));
        }
    }

    /** Returns the message key for a named object that does not exist. */
    private static String reason(ServiceOrders.Outcome outcome) {
        if (outcome instanceof ServiceOrders.Outcome.ImageNotFound) {
            return "order.no-image";
        }
        if (outcome instanceof ServiceOrders.Outcome.SshKeyNotFound) {
            return "order.no-key";
        }
        if (outcome instanceof ServiceOrders.Outcome.ScriptNotFound) {
            return "order.no-script";
        }
        if (outcome instanceof ServiceOrders.Outcome.ScriptsUnsupported) {
            return "order.no-scripts";
        }
        if (outcome instanceof ServiceOrders.Outcome.SalesSuspended) {
            return "order.not-selling";
        }
        return outcome instanceof ServiceOrders.Outcome.ScriptTooLong ? "order.script-too-long" : "order.withdrawn";
    }
}
