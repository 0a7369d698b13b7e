Rails.application.routes.draw do
  root "home#index"
  get "/about", to: "pages#about"
  get "login" => "sessions#new"
  resources :users, only: [:index, :show] do
    member do
      post :activate
    end
    get "search", on: :collection
    resources :posts, only: %i[create]
  end
  resource :profile, except: [:new, :edit, :create, :destroy]
  namespace :api do
    scope "v1" do
      match "things/:id", to: "things#show", via: [:get, :put]
    end
    scope prefix do
      delete "late/:id", to: "late#destroy"
    end
  end
  devise_for :members
  mount Sidekiq::Web => "/sidekiq"
end

cache.get "/no"
