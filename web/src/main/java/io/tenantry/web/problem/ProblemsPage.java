package io.tenantry.web.problem;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;

/** The problem types, for developers of API clients. */
@Named
@RequestScoped
public class ProblemsPage {
    /** Returns all problem types, by status. */
    public List<ProblemType> getKinds() {
        return List.of(ProblemType.values());
    }
}
