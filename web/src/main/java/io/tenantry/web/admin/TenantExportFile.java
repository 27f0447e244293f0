package io.tenantry.web.admin;

import io.tenantry.admin.offboarding.TenantExports;
import io.tenantry.admin.offboarding.TenantExports.Download;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.PageResult;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;

/** The file of an export, for the operator who takes it along. Who may have it is decided by the use case. */
@WebServlet("/admin/tenants/export.zip")
public class TenantExportFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient TenantExports exports;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var slug = Objects.requireNonNullElse(request.getParameter("slug"), "");
            if (!TenantId.isSlug(slug)) {
                throw new NotFoundException("reseller", slug);
            }
            var found = exports.download(new TenantId(slug), PageResult.id("export", request.getParameter("id")));
            if (!(found instanceof Download.Ready ready)) {
                // The reseller's page says on which node it is, or that there is none.
                response.sendRedirect("/admin/tenants/one.xhtml?slug=" + slug);
                return;
            }
            response.setContentType("application/zip");
            response.setContentLengthLong(ready.bytes());
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + ready.name() + "\"");
            Files.copy(ready.path(), response.getOutputStream());
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
