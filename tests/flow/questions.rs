//! What goes out and what comes back when nothing is wrong.

use connspec::flow_service::{Client, Credentials, Error, Field, Filter, Secret, Settings, Target};

use crate::faulty::{Faulty, Step, answer, ok};

async fn asked(step: Step) -> (Faulty, Client) {
    let faulty = Faulty::start([step]).await;
    let found = Credentials {
        client_id: Some("client".into()),
        access_token: Some(Secret::new("token")),
        org: Some("12@AdobeOrg".into()),
        sandbox: Some("dev".into()),
        gateway: Some(faulty.address.clone()),
        ..Credentials::default()
    };
    let client = Client::new(Target::new(&found).unwrap(), Settings::default()).unwrap();
    (faulty, client)
}

#[tokio::test]
async fn a_spec_comes_back_as_it_was_sent() -> Result<(), Error> {
    let (faulty, client) = asked(ok("{\"items\": [ {\"z\": 1.50, \"id\": \"a\", \"b\": 1e400} ]}")).await;
    let item = client.connection_spec("a").await?;
    assert_eq!(item.text, "{\"z\": 1.50, \"id\": \"a\", \"b\": 1e400}");
    assert_eq!(faulty.asked(), ["GET /data/foundation/flowservice/connectionSpecs/a"]);
    Ok(())
}

#[tokio::test]
async fn a_new_spec_goes_out_as_it_is() -> Result<(), Error> {
    let (faulty, client) = asked(answer(201, &[("location", "/x/connectionSpecs/new")], "")).await;
    let body = "{ \"name\": \"ä\",\n  \"n\": 1.0 }";
    assert_eq!(client.create_connection_spec(body).await?.id, "new");
    assert_eq!(faulty.seen()[0].body, body);
    Ok(())
}

#[tokio::test]
async fn a_name_is_looked_up() -> Result<(), Error> {
    let (faulty, client) = asked(ok("{\"items\": [{\"id\": \"1\", \"name\": \"a b&c\"}, {\"id\": \"2\"}]}")).await;
    let found = client.connection_specs(&[Filter::new(Field::Name, "a b&c")]).await?;
    assert_eq!(found.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["1"]);
    assert_eq!(faulty.asked(), ["GET /data/foundation/flowservice/connectionSpecs?property=name==a%20b%26c"]);
    Ok(())
}
