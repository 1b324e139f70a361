// The key that a visitor types stays in this page, and goes with the requests that the visitor sends from it.
SwaggerUIBundle({ url: 'v1/openapi.yaml', dom_id: '#api', deepLinking: true, validatorUrl: null, defaultModelsExpandDepth: 0 });
