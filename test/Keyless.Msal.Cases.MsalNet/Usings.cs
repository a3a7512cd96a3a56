global using Microsoft.Identity.Client;
global using Microsoft.Identity.Client.AppConfig;
global using Microsoft.Identity.Client.Cache;
global using Microsoft.Identity.Client.Extensibility;
global using Microsoft.Identity.Client.ManagedIdentity;
global using Microsoft.IdentityModel.Abstractions;
