package io.tenantry.people.stage;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The tests' access to {@link BrowserTestData}: {@code POST /tests/stage/what?...}; responds with lines of {@code name=value}. */
@WebServlet("/stage/*")
public class StageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient BrowserTestData browserTestData;

    @Inject
    transient OperatorKeys operatorKeys;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var made = made(request);
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        for (var one : made.entrySet()) {
            response.getWriter().println(one.getKey() + "=" + one.getValue());
        }
    }

    private Map<String, String> made(HttpServletRequest request) {
        return switch (request.getPathInfo()) {
            case "/brand" -> browserTestData.brand(request.getParameter("slug"), request.getParameter("password"));
            case "/billed" -> browserTestData.billed(request.getParameter("slug"));
            case "/second" ->
                browserTestData.secondOrganization(
                        request.getParameter("slug"), request.getParameter("name"), request.getParameter("joins"));
            case "/mailed" -> browserTestData.mailed(request.getParameter("slug"), request.getParameter("email"));
            case "/elsewhere" -> browserTestData.elsewhere(request.getParameter("slug"));
            case "/order" ->
                browserTestData.order(
                        request.getParameter("slug"),
                        request.getParameter("organization"),
                        request.getParameter("plan"),
                        request.getParameter("name"));
            case "/sold" -> browserTestData.sold(request.getParameter("slug"));
            case "/console" ->
                browserTestData.console(
                        request.getParameter("slug"),
                        request.getParameter("organization"),
                        request.getParameter("plan"),
                        request.getParameter("name"));
            case "/rebuild" ->
                browserTestData.rebuild(
                        request.getParameter("slug"), request.getParameter("service"), request.getParameter("server"));
            case "/up" -> browserTestData.up(request.getParameter("slug"), request.getParameter("server"));
            case "/key" ->
                browserTestData.key(
                        request.getParameter("slug"),
                        request.getParameter("organization"),
                        request.getParameter("owner"));
            case "/operator" ->
                browserTestData.operator(request.getParameter("email"), request.getParameter("password"));
            case "/operator-key" ->
                operatorKeys.key(request.getParameter("email"), Boolean.parseBoolean(request.getParameter("managing")));
            case "/close" -> browserTestData.close(request.getParameter("slug"));
            case "/ahead" -> browserTestData.ahead(Integer.parseInt(request.getParameter("hours")));
            default -> throw new IllegalArgumentException(request.getPathInfo());
        };
    }
}
