package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.text.DecimalText;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;

/** The response of DigitalOcean's monitoring: lines of samples, each described by labels. */
record PrometheusMatrix(List<Line> lines) {
    private static final String ROOT = "/v2/monitoring/metrics/droplet/";

    /** A value at a second since 1970. */
    record Sample(long second, BigDecimal value) {}

    /**
     * A line of samples, the earliest first.
     *
     * @param mode the mode of a processor; empty for other metrics
     */
    record Line(String mode, List<Sample> samples) {}

    /**
     * Queries a metric.
     *
     * @param query alternating names and values
     */
    static PrometheusMatrix read(ProviderHttp api, String metric, String... query) {
        var answer = new JsonFields(api.get(ROOT + metric, query));
        if (!answer.text("status").equals("success")) {
            throw new ProviderFailure(Reason.PROVIDER_ERROR, "DigitalOcean could not read its metrics");
        }
        return new PrometheusMatrix(answer.in("data").each("result").stream()
                .map(PrometheusMatrix::line)
                .toList());
    }

    private static Line line(JsonFields result) {
        if (!(result.object().get("values") instanceof JsonArray values)) {
            throw unclear();
        }
        var mode = result.maybeIn("metric").flatMap(labels -> labels.maybeText("mode"));
        return new Line(
                mode.orElse(""), values.stream().map(PrometheusMatrix::sample).toList());
    }

    private static Sample sample(JsonValue value) {
        if (value instanceof JsonArray pair && pair.size() == 2) {
            return new Sample(number(pair.get(0)).longValue(), number(pair.get(1)));
        }
        throw unclear();
    }

    private static BigDecimal number(JsonValue value) {
        try {
            if (value instanceof JsonString text) {
                return DecimalText.require(text.getString());
            }
            if (value instanceof JsonNumber number) {
                return DecimalText.require(number.toString());
            }
        } catch (NumberFormatException noNumber) {
            throw unclear();
        }
        throw unclear();
    }

    private static ProviderFailure unclear() {
        return new ProviderFailure(Reason.INVALID_RESPONSE, "a rate does not match DigitalOcean's contract");
    }
}
