"""Every address with what it takes and an example of what it gives: the OpenAPI description as a page."""

import json

from counterclaim.serve.views import Json


def describe(openapi: Json) -> Json:
    """The paths of the description, each with its parameters and its example."""
    paths = openapi["paths"]
    assert isinstance(paths, dict)
    found: list[Json] = []
    for path, methods in paths.items():
        for method, one in methods.items():
            answer = one.get("responses", {}).get("200", {}).get("content", {}).get("application/json", {})
            found.append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": one.get("summary", ""),
                    "description": one.get("description", ""),
                    "parameters": [
                        {
                            "name": parameter["name"],
                            "where": parameter["in"],
                            "required": parameter.get("required", False),
                            "meaning": parameter.get("description", ""),
                        }
                        for parameter in one.get("parameters", [])
                    ],
                    "example": json.dumps(answer["example"], indent=1, ensure_ascii=False)
                    if "example" in answer
                    else "",
                }
            )
    return {"endpoints": found}
