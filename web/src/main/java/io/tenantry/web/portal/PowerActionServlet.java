package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.cloud.provisioning.ServerPower;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts, stops or restarts the services selected in a list, of a member or of staff, and redirects to the list in its previous state, which
 * shows the outcome ({@link PowerActionSummary}). A plain form, so that it needs neither a view on the server nor our script.
 */
@WebServlet({"/portal/services/power", "/staff/services/power"})
public class PowerActionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String END = "/power";

    /** Any query of the list: no character that could end the header. */
    private static final Pattern QUERY = Pattern.compile("(\\?[!-~&&[^\\\\#]]{1,500})?");

    @Inject
    transient ServerPower serverPower;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getServletPath();
        var list = list(path.substring(0, path.length() - END.length()), request.getParameter("back"));
        var ids = Arrays.stream(Objects.requireNonNullElse(request.getParameterValues("id"), new String[0]))
                .flatMap(id -> QueryParameters.id(id).stream())
                .distinct()
                .toList();
        var wanted = wanted(request.getParameter("wanted"));
        if (ids.isEmpty() || ids.size() > Services.TOGETHER_MAX || wanted.isEmpty()) {
            go(response, list);
            return;
        }
        try {
            var bulkResult = serverPower.wantAll(ids, wanted.get());
            go(response, list + (list.contains("?") ? "&" : "?") + PowerActionSummary.query(wanted.get(), bulkResult));
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** Returns the address to redirect to, which is always the list. */
    static String list(String list, @Nullable String back) {
        return back != null
                        && back.startsWith(list)
                        && QUERY.matcher(back.substring(list.length())).matches()
                ? back
                : list;
    }

    private static Optional<PendingPowerAction> wanted(@Nullable String word) {
        return Arrays.stream(PendingPowerAction.values())
                .filter(one -> one.word().equals(word))
                .findFirst();
    }

    private static void go(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }
}
