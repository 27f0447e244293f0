package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.cloud.provisioning.ServerPower;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a power action on several services ({@link PowerActionServlet}), passed in the address of the list: how many were started, how
 * many were left unchanged, and why.
 */
@Named
@RequestScoped
public class PowerActionSummary {
    private static final String WANTED = "switched";
    private static final String BEGUN = "begun";

    @Inject
    HttpServletRequest request;

    @Inject
    Format format;

    /** A number of services that were left unchanged. */
    record SkippedServices(ServerPower.Refusal why, int services) {}

    /** Returns the outcome as a part of an address. */
    static String query(PendingPowerAction wanted, ServerPower.BulkResult bulkResult) {
        return Stream.concat(
                        Stream.of(WANTED + "=" + wanted.word(), BEGUN + "=" + bulkResult.started()),
                        Arrays.stream(ServerPower.Refusal.values())
                                .filter(bulkResult.refused()::containsKey)
                                .map(why ->
                                        word(why) + "=" + bulkResult.refused().get(why)))
                .collect(Collectors.joining("&"));
    }

    /** Returns the unchanged services of an address, in the order of the reasons; invalid numbers are ignored. */
    static List<SkippedServices> left(Function<String, @Nullable String> parameter) {
        return Arrays.stream(ServerPower.Refusal.values())
                .flatMap(why ->
                        number(parameter.apply(word(why))).stream().map(services -> new SkippedServices(why, services)))
                .filter(skippedServices -> skippedServices.services() > 0)
                .toList();
    }

    /** Whether a power action was requested just now. */
    public boolean isThere() {
        return wanted().isPresent();
    }

    /** Whether it was requested for all of the services. */
    public boolean isWhole() {
        return left(request::getParameter).isEmpty();
    }

    /** Returns the outcome as text. */
    public String getText() {
        return wanted().map(this::text).orElse("");
    }

    private String text(PendingPowerAction wanted) {
        var sentences = new ArrayList<String>();
        sentences.add(format.text(
                "services.power." + wanted.word() + ".started",
                number(request.getParameter(BEGUN)).orElse(0)));
        for (var skippedServices : left(request::getParameter)) {
            var key = "services.power.left." + word(skippedServices.why());
            sentences.add(format.text(
                    skippedServices.why() == ServerPower.Refusal.NO_CHANGE ? key + "." + wanted.word() : key,
                    skippedServices.services()));
        }
        return String.join(" ", sentences);
    }

    private Optional<PendingPowerAction> wanted() {
        return Arrays.stream(PendingPowerAction.values())
                .filter(one -> one.word().equals(request.getParameter(WANTED)))
                .findFirst();
    }

    private static String word(ServerPower.Refusal why) {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Integer> number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,3}")
                ? Optional.of(Math.min(Integer.parseInt(text), Services.TOGETHER_MAX))
                : Optional.empty();
    }
}
