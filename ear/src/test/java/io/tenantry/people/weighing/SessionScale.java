package io.tenantry.people.weighing;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * The serialized size of the caller's session, as replicated to another node: one line for each attribute with its bytes and name, and one for
 * all of them together, which share common objects. Attributes that cannot be serialized are shown as -1.
 */
@WebServlet(SessionScale.PATH)
public class SessionScale extends HttpServlet {
    /** Its path. */
    public static final String PATH = "/brand/tests-scale";

    private static final long serialVersionUID = 1L;
    /** The container's attribute for view-scoped beans, by page and bean. */
    private static final String BEANS = "com.sun.faces.application.view.activeViewContexts";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        var session = request.getSession(false);
        var all = new TreeMap<String, Object>();
        if (session != null) {
            for (var names = session.getAttributeNames(); names.hasMoreElements(); ) {
                var name = names.nextElement();
                all.put(name, session.getAttribute(name));
                response.getWriter().println(weight(session.getAttribute(name)) + " " + name);
            }
        }
        if (session != null && session.getAttribute(BEANS) instanceof Map<?, ?> views) {
            for (var view : views.values()) {
                for (var bean : ((Map<?, ?>) view).entrySet()) {
                    response.getWriter().println(weight(bean.getValue()) + " of it " + bean.getKey());
                }
            }
        }
        response.getWriter().println(weight(all) + " all");
    }

    private static int weight(Object value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (NotSerializableException stays) {
            return -1;
        }
        return bytes.size();
    }
}
