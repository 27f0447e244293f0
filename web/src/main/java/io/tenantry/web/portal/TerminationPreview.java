package io.tenantry.web.portal;

import io.tenantry.cloud.addon.ServerTerminationListener.Disposition;
import io.tenantry.cloud.addon.TerminationConsequences;
import io.tenantry.cloud.addon.TerminationConsequences.AffectedResource;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The consequences of terminating the servers in the address, or with {@code backups=true} of switching off their backups: what is deleted and
 * what is kept, by name; as JSON for the confirmation dialog. It is requested when the dialog opens, so that it shows the state at that time.
 */
@WebServlet({"/portal/services/termination", "/staff/services/termination"})
public class TerminationPreview extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient TerminationConsequences consequences;

    @Inject
    transient Format format;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var ids = Arrays.stream(Objects.requireNonNullElse(request.getParameterValues("id"), new String[0]))
                .flatMap(id -> QueryParameters.id(id).stream())
                .distinct()
                .limit(Services.TOGETHER_MAX)
                .toList();
        try {
            var isOfBackups = "true".equals(request.getParameter("backups"));
            var things = isOfBackups
                    ? ids.stream()
                            .flatMap(id -> consequences.ofSwitchingOffBackups(id).stream())
                            .toList()
                    : consequences.ofEnding(ids);
            var gone = Stream.concat(
                    isOfBackups ? Stream.of() : servers(ids),
                    things.stream()
                            .filter(one -> one.disposition() != Disposition.KEPT)
                            .map(this::words));
            var kept = things.stream()
                    .filter(one -> one.disposition() == Disposition.KEPT)
                    .map(this::words);
            response.setContentType("application/json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader("Cache-Control", "no-store");
            response.getWriter()
                    .write(Json.createObjectBuilder()
                            .add("gone", array(gone))
                            .add("kept", array(kept))
                            .build()
                            .toString());
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private Stream<String> servers(List<UUID> ids) {
        return consequences.names(ids).stream().map(name -> format.text("termination.server", name));
    }

    private String words(AffectedResource affectedResource) {
        return format.text(
                "termination." + affectedResource.kind().name().toLowerCase(Locale.ROOT), affectedResource.name());
    }

    private static JsonArrayBuilder array(Stream<String> lines) {
        var array = Json.createArrayBuilder();
        lines.forEach(array::add);
        return array;
    }
}
