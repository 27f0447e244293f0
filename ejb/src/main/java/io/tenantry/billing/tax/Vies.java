package io.tenantry.billing.tax;

import io.tenantry.billing.tax.ViesResponse.Verdict;
import io.tenantry.config.Settings;
import io.tenantry.kernel.http.HttpAnswer;
import io.tenantry.kernel.http.HttpCall;
import io.tenantry.kernel.http.HttpFailure;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.text.InputText;
import io.tenantry.text.JsonText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Client of the European Commission's service that checks VAT numbers with the EU member states, by its REST interface. Anything but a clear
 * yes or no for the number in question counts as unanswered, with a reason. Not to be called within a transaction.
 */
@ApplicationScoped
public class Vies {
    private static final String JSON_TYPE = "application/json";
    private static final int PREFIX = 2;
    private static final int ANSWER_MAX_BYTES = 64 * 1024;
    private static final int WORD_MAX = 100;
    private static final int TEXT_MAX = 1_000;

    @Inject
    Settings settings;

    @Inject
    HttpGateway httpGateway;

    /** For the container. */
    public Vies() {}

    /** For use outside a container. */
    Vies(Settings settings, HttpGateway httpGateway) {
        this.settings = settings;
        this.httpGateway = httpGateway;
    }

    /** Whether the service is configured. */
    public boolean isOn() {
        return !settings.viesUrl().isEmpty();
    }

    /**
     * Checks a number once.
     *
     * @param number with the letters of its state
     * @param requester the requester's number; empty if it has no number of an EU member state, in which case VIES keeps no record
     */
    public ViesResponse ask(String number, String requester) {
        var question = Json.createObjectBuilder()
                .add("countryCode", number.substring(0, PREFIX))
                .add("vatNumber", number.substring(PREFIX));
        if (!requester.isEmpty()) {
            question.add("requesterMemberStateCode", requester.substring(0, PREFIX))
                    .add("requesterNumber", requester.substring(PREFIX));
        }
        var body = question.build().toString().getBytes(StandardCharsets.UTF_8);
        try {
            return read(
                    httpGateway.send(new HttpCall(
                            "POST",
                            URI.create(settings.viesUrl().replaceAll("/+$", "") + "/check-vat-number"),
                            Map.of("Accept", JSON_TYPE),
                            Optional.of(new HttpCall.Body(JSON_TYPE, body)))),
                    number);
        } catch (HttpFailure failure) {
            return ViesResponse.untold(words(String.valueOf(failure.getMessage()), TEXT_MAX));
        }
    }

    private static ViesResponse read(HttpAnswer httpAnswer, String number) {
        if (httpAnswer.body().length > ANSWER_MAX_BYTES) {
            return ViesResponse.untold("an answer of more than " + ANSWER_MAX_BYTES + " bytes");
        }
        JsonObject response;
        try {
            response = JsonText.object(httpAnswer.body());
        } catch (JsonException noJson) {
            return ViesResponse.untold("status " + httpAnswer.status() + " without a JSON object");
        }
        var error = error(response);
        if (!error.isEmpty()) {
            return ViesResponse.untold(error);
        }
        if (!httpAnswer.isFine()) {
            return ViesResponse.untold("status " + httpAnswer.status());
        }
        var valid = response.get("valid");
        if (valid != JsonValue.TRUE && valid != JsonValue.FALSE) {
            return ViesResponse.untold("neither valid nor invalid");
        }
        if (!isOf(response, number)) {
            return ViesResponse.untold("an answer to another number");
        }
        return new ViesResponse(
                valid == JsonValue.TRUE ? Verdict.VALID : Verdict.INVALID,
                text(response, "requestIdentifier", WORD_MAX),
                text(response, "requestDate", WORD_MAX),
                text(response, "name", TEXT_MAX),
                text(response, "address", TEXT_MAX),
                "");
    }

    /** Errors also have status 200, and a {@code valid} that is meaningless in that case. */
    private static String error(JsonObject response) {
        if (response.get("errorWrappers") instanceof JsonArray wrappers && !wrappers.isEmpty()) {
            return wrappers.get(0) instanceof JsonObject first
                            && !text(first, "error", WORD_MAX).isEmpty()
                    ? text(first, "error", WORD_MAX)
                    : "an error without a name";
        }
        var error = text(response, "userError", WORD_MAX);
        return "VALID".equals(error) || "INVALID".equals(error) ? "" : error;
    }

    private static boolean isOf(JsonObject response, String number) {
        var answered = text(response, "countryCode", WORD_MAX) + text(response, "vatNumber", WORD_MAX);
        return answered.equals(number);
    }

    private static String text(JsonObject response, String name, int max) {
        return response.get(name) instanceof JsonString text ? words(text.getString(), max) : "";
    }

    private static String words(String text, int max) {
        var plain = text.replaceAll("[\\p{Cntrl}&&[^\n]]", " ").strip();
        return InputText.cut(plain, max);
    }
}
